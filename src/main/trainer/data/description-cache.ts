import { hash } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { DataSpec, DatasetDescription } from '../../../shared/data/data.ts'
import { datasets } from '../../../datasets/index.ts'
import { readSealed, writeSealed } from '../../../files/sealed-json.ts'

/** Data of which a description is kept. */
interface DescriptionKey {
  data: DataSpec
  dataPath: string
  /** Hash of the extension that the data set is of. */
  method?: string | undefined
}

/** The key of data of a data set that this process has. */
export function descriptionKey({ data, dataPath }: Pick<DescriptionKey, 'data' | 'dataPath'>): DescriptionKey {
  return { data, dataPath, method: datasets.origin(data.source)?.sha256 }
}

export interface MadeDescription {
  description: DatasetDescription
  /** Folders and files that it follows from, as far as sizes and dates tell; null where only all bytes do. */
  readFrom: readonly string[] | null
}

/** Size and time of change of a folder or file; null where there is none. */
type State = [size: number, changed: number] | null

const kept = z.object({
  states: z.array(z.tuple([z.string(), z.tuple([z.number(), z.number()]).nullable()])),
  description: z.custom<DatasetDescription>(),
})

/** A change within this time of another may leave the same time of change behind. */
const coarsestMilliseconds = 2000

/**
 * A description from the folder of descriptions, if the folders and files that it follows from are as they were, else from `make`:
 * to list a million files takes half a minute. The folder may be deleted at any time.
 */
export async function cachedDescription(
  folder: string | undefined,
  key: DescriptionKey,
  make: () => Promise<MadeDescription>,
  now = Date.now,
): Promise<DatasetDescription> {
  if (folder === undefined) return (await make()).description
  const path = pathOf(folder, key)
  const found = await readSealed(path, kept).catch(() => null)
  if (found !== null && (await areAsBefore(found.states))) return found.description
  const began = now()
  const { description, readFrom } = await make()
  // If the folder cannot be written, or another trainer writes the same file, only time is lost.
  if (readFrom !== null) await keep(path, { description, readFrom, began }).catch(() => undefined)
  return description
}

/** Forgets a description that proved to be out of date. */
export async function forgetDescription(folder: string | undefined, key: DescriptionKey): Promise<void> {
  if (folder !== undefined) await rm(pathOf(folder, key), { force: true })
}

function pathOf(folder: string, { data, dataPath, method }: DescriptionKey): string {
  const described = { ...data, augmentation: undefined, mixing: undefined }
  const name = hash('sha256', canonicalJson({ format: 1, dataPath, described, method }))
  return join(folder, `${name}.json`)
}

interface Kept {
  description: DatasetDescription
  readFrom: readonly string[]
  began: number
}

/** Unless something has just changed, so that a further change might not show. */
async function keep(path: string, { description, readFrom, began }: Kept): Promise<void> {
  const states = await Promise.all(readFrom.map(async (each) => [each, await stateOf(each)] as const))
  if (states.some(([, state]) => state !== null && state[1] > began - coarsestMilliseconds)) return
  await mkdir(dirname(path), { recursive: true })
  await writeSealed(path, { states, description })
}

async function areAsBefore(states: z.infer<typeof kept>['states']): Promise<boolean> {
  const now = await Promise.all(states.map(([path]) => stateOf(path)))
  return states.every(([, before], index) => isSame(before, now[index]!))
}

const isSame = (before: State, now: State) => before?.[0] === now?.[0] && before?.[1] === now?.[1]

async function stateOf(path: string): Promise<State> {
  const found = await stat(path).catch(() => null)
  return found && [found.size, Math.max(found.mtimeMs, found.ctimeMs)]
}
