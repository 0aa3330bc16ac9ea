import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { chunksOf } from '../../../shared/basics/chunks.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { partialSuffix } from '../../../files/durable-file.ts'
import { asideSuffix } from '../../../files/set-aside.ts'
import { phaseFolder } from './depot.ts'
import { weightsBut } from './keep-weights.ts'
import { readContent, recordOf, textOf, type PhaseContent } from './phase-content.ts'
import { jobName } from './phase-job.ts'
import { isSubmissionFile } from './submission.ts'
import { isInWork, type Patience } from './watch-owner.ts'

/** What is not needed of a phase. */
export interface PhaseGarbage {
  id: string
  /** Whether the whole phase is not needed. */
  whole: boolean
  names: string[]
  /** Space that it takes. Files with other names, as in a depot that they were merged from, take none. */
  bytes: number
}

export interface FoundGarbage {
  garbage: PhaseGarbage[]
  /** Ids of phases with garbage that are left alone because they are in work, on any machine. */
  busy: string[]
  /** Ids of phases with garbage that are left alone because a job of them is submitted. */
  submitted: string[]
  /** Ids of phases that are left alone because one of these starts from them. */
  parents: string[]
}

interface GarbageSearch {
  ids: readonly string[]
  /** Ids of phases that are needed; null: all are. */
  needed: ReadonlySet<string> | null
  patience?: Partial<Patience> | undefined
}

/** Phases whose owners are watched at once. */
const watchedAtOnce = 256

/** Finds garbage; writes nothing. @throws ExitlabError `conflict` where no phase at all is needed. */
export async function findGarbage(depot: string, { ids, needed, patience }: GarbageSearch): Promise<FoundGarbage> {
  refuseToEmpty(depot, ids, needed)
  const found = (await readInTurns(ids, (id) => garbageOf(depot, id, needed))).filter((each) => each !== null)
  const submitted = idsOf(found.filter(({ isSubmitted }) => isSubmitted))
  const busy = await idsInWork(depot, idsOf(found.filter(({ isSubmitted }) => !isSubmitted)), patience)
  const left = new Set([...submitted, ...busy])
  const needs = ancestorsOf(depot, left)
  const parents = idsOf(found.filter(({ id, whole }) => whole && needs.has(id) && !left.has(id)))
  for (const id of parents) left.add(id)
  const garbage = found.filter(({ id }) => !left.has(id)).map(({ isSubmitted: _, ...each }) => each)
  return { garbage, busy, submitted, parents }
}

/** Reads of each phase, letting others have turns: the owner of the depot has to show in time that it is alive. */
export async function readInTurns<T>(ids: readonly string[], read: (id: string) => T): Promise<T[]> {
  const found: T[] = []
  for (const id of ids) {
    found.push(read(id))
    await setImmediate()
  }
  return found
}

/** A path that is wrong by a letter must not cost a depot. */
function refuseToEmpty(depot: string, ids: readonly string[], needed: ReadonlySet<string> | null): void {
  if (needed === null || ids.length === 0 || ids.some((id) => needed.has(id))) return
  throw new ExitlabError(
    'conflict',
    `No run of the workspaces to keep needs any of the ${plural(ids.length, 'phase')} in ${depot}, so that all would be removed; ` +
      `none is. Are these the right workspaces and depot? To remove a whole depot, delete its folder.`,
  )
}

const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id)

function garbageOf(
  depot: string,
  id: string,
  needed: ReadonlySet<string> | null,
): (PhaseGarbage & { isSubmitted: boolean }) | null {
  const folder = phaseFolder(depot, id)
  const content = readContent(folder)
  const whole = needed !== null && !needed.has(id)
  const names = whole ? content.names : leftoversIn(content)
  if (!whole && names.length === 0) return null
  const bytes = names.reduce((sum, name) => sum + bytesOf(join(folder, name)), 0)
  return { id, whole, names, bytes, isSubmitted: content.names.some(isSubmissionFile) }
}

/** Names of files of a needed phase that are half-written, damaged, or checkpoints from which nothing resumes any more. */
export function leftoversIn({ names, weights, snapshots }: PhaseContent): string[] {
  const done = new Set(weights === null ? [] : snapshots.flatMap(({ file }) => [file, recordOf(file)]))
  const unfinished = (name: string) => name.endsWith('.safetensors') && !names.includes(recordOf(name))
  return names.filter(
    (name) => name.endsWith(partialSuffix) || name.endsWith(asideSuffix) || done.has(name) || unfinished(name),
  )
}

/** Of a link its own. */
function bytesOf(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (found.isDirectory()) return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
  return found.nlink > 1 ? 0 : found.size
}

async function idsInWork(
  depot: string,
  ids: readonly string[],
  patience: Partial<Patience> | undefined,
): Promise<string[]> {
  const found: string[] = []
  for (const some of chunksOf(ids, watchedAtOnce)) {
    const inWork = await Promise.all(some.map((id) => isInWork(phaseFolder(depot, id), patience)))
    found.push(...some.filter((_, index) => inWork[index]))
  }
  return found
}

/** Phases that some phases start from, directly or not. */
export function ancestorsOf(depot: string, ids: Iterable<string>): Set<string> {
  const found = new Set<string>()
  for (const id of ids) {
    for (let parent = parentIn(depot, id); parent !== null && !found.has(parent); parent = parentIn(depot, parent))
      found.add(parent)
  }
  return found
}

/** What a phase starts from, as a job of any version says. */
const startOfJob = z.object({
  definition: z.object({
    initial: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('phase'), id: z.string() }),
      z.object({ kind: z.literal('weights'), sha256: z.string() }),
    ]),
  }),
})

function startIn(depot: string, id: string) {
  const text = textOf(join(phaseFolder(depot, id), jobName))
  try {
    return startOfJob.safeParse(JSON.parse(text ?? 'null')).data?.definition.initial ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function parentIn(depot: string, id: string): string | null {
  const start = startIn(depot, id)
  return start?.kind === 'phase' ? start.id : null
}

/** Files of weights that none of these phases starts from. */
export async function unusedWeights(depot: string, ids: readonly string[]) {
  const starts = await readInTurns(ids, (id) => startIn(depot, id))
  return weightsBut(depot, new Set(starts.flatMap((start) => (start?.kind === 'weights' ? start.sha256 : []))))
}
