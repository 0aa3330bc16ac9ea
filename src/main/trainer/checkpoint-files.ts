import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ExitlabError } from '../../shared/error.ts'
import type { CheckpointRef } from '../../shared/trainer.ts'
import { flushFolder, partialSuffix, writeDurably } from './durable-file.ts'

/** Lies beside each checkpoint file and makes it one: a file without it was not finished. */
const manifest = z.object({
  file: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  /** Epochs and steps of the phase done. */
  epoch: z.int(),
  step: z.int(),
  /** Epoch whose weights would be handed on; 0: none yet. */
  keptEpoch: z.int(),
  /** Set on the weights of a phase that is done. */
  ended: z.enum(['early-stopping', 'epoch-cap']).nullable(),
  /** What wrote it, device threads included: results repeat bit by bit only where these are equal. */
  versions: z.record(z.string(), z.string()),
})
export type Manifest = z.infer<typeof manifest>

const manifestSuffix = '.manifest.json'
const finalName = 'final.safetensors'

export function epochName(epoch: number): string {
  return `epoch-${String(epoch).padStart(5, '0')}.safetensors`
}

export function stepName(step: number): string {
  return `step-${String(step).padStart(9, '0')}.safetensors`
}

export interface CheckpointFolder {
  folder: string
  /** Told of each file that is refused. */
  warn(message: string): void
}

type NewCheckpoint = Pick<Manifest, 'epoch' | 'step' | 'keptEpoch' | 'versions'>

/** Writes a snapshot and its manifest, then removes the snapshots that are no longer needed. Returns its path. */
export async function writeSnapshot(
  checkpoints: CheckpointFolder,
  name: string,
  { bytes, about }: { bytes: Uint8Array; about: NewCheckpoint },
): Promise<string> {
  await writeWithManifest(checkpoints.folder, name, { bytes, about: { ...about, ended: null } })
  const snapshots = await listSnapshots(checkpoints)
  const needed = neededSnapshots(snapshots)
  for (const { file } of snapshots) if (!needed.has(file)) await removeCheckpoint(checkpoints.folder, file)
  return join(checkpoints.folder, name)
}

/** Writes the weights that a finished phase hands on, then removes its snapshots. */
export async function writeFinal(
  checkpoints: CheckpointFolder,
  { bytes, about }: { bytes: Uint8Array; about: NewCheckpoint & Pick<Manifest, 'ended'> },
): Promise<CheckpointRef> {
  const { sha256 } = await writeWithManifest(checkpoints.folder, finalName, { bytes, about })
  for (const { file } of await listSnapshots(checkpoints)) await removeCheckpoint(checkpoints.folder, file)
  return { file: join(checkpoints.folder, finalName), sha256 }
}

/** The weights of a phase that is done, if it is and they are sound. */
export async function findFinal(checkpoints: CheckpointFolder): Promise<(Manifest & { path: string }) | null> {
  const found = await readManifest(checkpoints.folder, finalName)
  if (found === null || (await readSound(checkpoints, found)) === null) return null
  return { ...found, path: join(checkpoints.folder, finalName) }
}

/**
 * The snapshot to go on from: the newest one that is sound and whose kept weights are too. Damaged ones are named and set
 * aside. Null: begin at the beginning.
 */
export async function findResumePoint(checkpoints: CheckpointFolder): Promise<{ path: string; bytes: Buffer } | null> {
  for (const candidate of await listSnapshots(checkpoints)) {
    const bytes = await readSound(checkpoints, candidate)
    if (bytes === null) continue
    if (await keptWeightsAreSound(checkpoints, candidate))
      return { path: join(checkpoints.folder, candidate.file), bytes }
    checkpoints.warn(
      `${candidate.file} cannot be used: the weights of epoch ${candidate.keptEpoch}, kept until then, are lost`,
    )
    await setAside(checkpoints.folder, candidate.file)
  }
  return null
}

/** A checkpoint's bytes. @throws ExitlabError `checkpoint-damaged`, by name, where they are not those that were written. */
export async function readCheckpoint({ file, sha256 }: CheckpointRef): Promise<Buffer> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new ExitlabError('checkpoint-damaged', `The checkpoint ${file} is missing.`) : error
  })
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found === sha256) return bytes
  throw new ExitlabError(
    'checkpoint-damaged',
    `The checkpoint ${file} is damaged: its SHA-256 should be ${sha256}, it is ${found} (${bytes.length} bytes).`,
  )
}

/** Makes the folder, and clears it of what was being written when an earlier trainer died. */
export async function prepareFolder({ folder, warn }: CheckpointFolder): Promise<void> {
  await mkdir(folder, { recursive: true })
  const names = new Set(await readdir(folder))
  for (const name of names) {
    if (name.endsWith(partialSuffix)) await rm(join(folder, name))
    else if (name.endsWith('.safetensors') && !names.has(name + manifestSuffix)) await rm(join(folder, name))
    else if (
      name.endsWith(manifestSuffix) &&
      (await readManifest(folder, name.slice(0, -manifestSuffix.length))) === null
    ) {
      warn(`The manifest ${join(folder, name)} is damaged; its checkpoint is not used.`)
      await setAside(folder, name.slice(0, -manifestSuffix.length))
    }
  }
}

/** Snapshots with a manifest, newest first. */
async function listSnapshots({ folder }: CheckpointFolder): Promise<Manifest[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(manifestSuffix))
  const found = await Promise.all(names.map((name) => readManifest(folder, name.slice(0, -manifestSuffix.length))))
  return found
    .filter((each) => each !== null && each.file !== finalName)
    .sort((a, b) => b!.step - a!.step) as Manifest[]
}

/** The newest, the one before it in case that one is damaged, and the kept weights that either hands on. */
function neededSnapshots(newestFirst: readonly Manifest[]): Set<string> {
  const last = newestFirst.slice(0, 2)
  return new Set(last.flatMap(({ file, keptEpoch }) => [file, epochName(keptEpoch)]))
}

async function keptWeightsAreSound(checkpoints: CheckpointFolder, { file, keptEpoch }: Manifest): Promise<boolean> {
  if (keptEpoch === 0 || file === epochName(keptEpoch)) return true
  const kept = await readManifest(checkpoints.folder, epochName(keptEpoch))
  return kept !== null && (await readSound(checkpoints, kept)) !== null
}

async function readSound(checkpoints: CheckpointFolder, { file, sha256 }: Manifest): Promise<Buffer | null> {
  try {
    return await readCheckpoint({ file: join(checkpoints.folder, file), sha256 })
  } catch (error) {
    if (!(error instanceof ExitlabError) || error.code !== 'checkpoint-damaged') throw error
    checkpoints.warn(`${error.message} It is not used.`)
    await setAside(checkpoints.folder, file)
    return null
  }
}

/** The manifest first: from then on the file is as if it had never been finished. */
async function removeCheckpoint(folder: string, name: string): Promise<void> {
  await rm(join(folder, name + manifestSuffix), { force: true })
  await rm(join(folder, name), { force: true })
}

/** Keeps a damaged file for who wants to look into it. */
async function setAside(folder: string, name: string): Promise<void> {
  await rm(join(folder, name + manifestSuffix), { force: true })
  await rename(join(folder, name), join(folder, `${name}.damaged`)).catch(ignoreMissing)
  await flushFolder(folder)
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

async function writeWithManifest(
  folder: string,
  name: string,
  { bytes, about }: { bytes: Uint8Array; about: Omit<Manifest, 'file' | 'sha256' | 'bytes'> },
): Promise<Manifest> {
  const written: Manifest = { file: name, ...(await writeDurably(join(folder, name), bytes)), ...about }
  await writeDurably(join(folder, name + manifestSuffix), new TextEncoder().encode(JSON.stringify(written)))
  return written
}

/** Null where there is none that can be read. */
async function readManifest(folder: string, name: string): Promise<Manifest | null> {
  try {
    const read = manifest.parse(JSON.parse(await readFile(join(folder, name + manifestSuffix), 'utf8')))
    return read.file === basename(name) ? read : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}
