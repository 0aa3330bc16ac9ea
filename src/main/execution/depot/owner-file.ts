import { open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { diskError, isDiskFull } from '../../../files/durable-file.ts'
import { NoFileError, readRegularFile } from '../../../files/regular-file.ts'
import { processIdentity } from './process-identity.ts'

const ownerName = /^owner-(\d{8})\.json$/

const ownerRecord = z.object({
  host: z.string(),
  ...processIdentity.shape,
  /** Name of the batch job, such as `1234_5`; null outside of one. */
  job: z.string().nullable(),
  /** Counts how often it was rewritten. */
  beat: z.int(),
  /** When it was rewritten, in seconds since its machine began. */
  beatAt: z.number().default(-Infinity),
  released: z.boolean(),
})
export type OwnerRecord = z.infer<typeof ownerRecord>

/** The file of an owner of a folder; that with the highest number counts. */
export interface Owner {
  generation: number
  /** Null while it is being written for the first time. */
  record: OwnerRecord | null
}

/** Writes a file that must not be there yet. @returns false where it is. */
export async function createOwnerFile(folder: string, generation: number, record: OwnerRecord): Promise<boolean> {
  const path = join(folder, nameOf(generation))
  try {
    await using file = await open(path, 'wx')
    await file.writeFile(JSON.stringify(record))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // An empty one would be taken for one that is just being written.
    if (isDiskFull(error)) await rm(path, { force: true })
    throw diskError(path, error)
  }
}

export async function rewriteOwnerFile(folder: string, generation: number, record: OwnerRecord): Promise<void> {
  const path = join(folder, nameOf(generation))
  await writeFile(`${path}.new`, JSON.stringify(record))
  await rename(`${path}.new`, path)
}

export async function newestOwner(folder: string): Promise<Owner | null> {
  const generation = (await generations(folder)).at(-1)
  if (generation === undefined) return null
  return { generation, record: await readRecord(join(folder, nameOf(generation))) }
}

async function readRecord(path: string): Promise<OwnerRecord | null> {
  try {
    return ownerRecord.parse(JSON.parse((await readRegularFile(path)).toString()))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof NoFileError
    if (missing || error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

export const nameOf = (generation: number) => `owner-${String(generation).padStart(8, '0')}.json`

/** Numbers of the owners' files in a folder, ascending. */
export async function generations(folder: string): Promise<number[]> {
  const names = await readdir(folder)
  const numbers = names.flatMap((name) => ownerName.exec(name)?.[1] ?? [])
  return numbers.map(Number).sort((a, b) => a - b)
}

/** Whether a file in a folder belongs to its ownership. */
export const isOwnerFile = (name: string) => ownerName.test(name.replace(/\.new$/, ''))
