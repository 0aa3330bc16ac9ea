import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeInnerFolder } from '../../../files/make-folders.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { CheckpointFolder } from './checkpoint-file.ts'
import { epochName, readSound, removeCheckpoint, writeCheckpoint } from './checkpoint-file.ts'
import { partialSuffix } from '../../../files/durable-file.ts'
import {
  evaluationName,
  finalName,
  manifestSuffix,
  readFinalManifest,
  readManifest,
  readManifests,
  type FinalManifest,
  type Manifest,
  type Provenance,
} from '../../../files/checkpoint-manifest.ts'
import { setAside } from '../../../files/set-aside.ts'

/** The weights of a phase that is done. */
export type FinalWeights = FinalManifest & { path: string }

type NewCheckpoint = Provenance & Pick<Manifest, 'epoch' | 'step' | 'keptEpoch'>

/** Creates the folder, and removes files that an earlier trainer left half-written. */
export async function prepareFolder({ folder, warn }: CheckpointFolder): Promise<void> {
  const names = new Set(await makeFolder(folder))
  for (const name of names) {
    if (name.endsWith(partialSuffix)) await rm(join(folder, name), { recursive: true })
    else if (name === evaluationName) continue
    else if (name.endsWith('.safetensors') && !names.has(name + manifestSuffix)) await removeCheckpoint(folder, name)
    else if (
      name.endsWith(manifestSuffix) &&
      (await readManifest(folder, name.slice(0, -manifestSuffix.length))) === null
    ) {
      warn(`The manifest ${join(folder, name)} is damaged; its checkpoint is not used.`)
      await setAside(folder, name.slice(0, -manifestSuffix.length))
    }
  }
}

/** Returns the names in it. @throws ExitlabError `disk` where something else is in its place. */
async function makeFolder(folder: string): Promise<string[]> {
  try {
    await makeInnerFolder(folder)
    return await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST' && code !== 'ELOOP' && code !== 'ENOTDIR') throw error
    throw new ExitlabError(
      'disk',
      `${folder} should be a folder of checkpoints, but is something else (${code}). Move it away, then retry the run.`,
      { cause: error },
    )
  }
}

/** Writes a snapshot and its manifest, then removes obsolete snapshots. Returns its path. */
export async function writeSnapshot(
  checkpoints: CheckpointFolder,
  name: string,
  { bytes, about }: { bytes: Uint8Array; about: NewCheckpoint },
): Promise<string> {
  await writeCheckpoint(checkpoints.folder, name, { bytes, about: { ...about, ended: null } })
  const snapshots = await listSnapshots(checkpoints)
  const needed = neededSnapshots(snapshots)
  for (const { file } of snapshots) if (!needed.has(file)) await removeCheckpoint(checkpoints.folder, file)
  return join(checkpoints.folder, name)
}

/** Writes the best checkpoint of a finished phase, then removes its snapshots. */
export async function writeFinal(
  checkpoints: CheckpointFolder,
  { bytes, about }: { bytes: Uint8Array; about: NewCheckpoint & Pick<FinalManifest, 'ended'> },
): Promise<FinalWeights> {
  const written = await writeCheckpoint(checkpoints.folder, finalName, { bytes, about })
  await removeSnapshots(checkpoints)
  return { ...written, ended: about.ended, path: join(checkpoints.folder, finalName) }
}

/** Removes files that a finished phase no longer needs. */
export async function removeSnapshots(checkpoints: CheckpointFolder): Promise<void> {
  for (const { file } of await listSnapshots(checkpoints)) await removeCheckpoint(checkpoints.folder, file)
}

/** The weights of a phase that is done, if it is, they are sound, and `check` takes them. */
export async function findFinal(
  checkpoints: CheckpointFolder,
  check: (bytes: Buffer, path: string) => void,
): Promise<FinalWeights | null> {
  const found = await readFinalManifest(checkpoints.folder)
  if (found === null) return null
  const sound = await readSound(checkpoints, found, (bytes, path) => {
    check(bytes, path)
    return true
  })
  if (sound === null) return null
  return { ...found, path: join(checkpoints.folder, finalName) }
}

/**
 * The snapshot of the best epoch. @throws ExitlabError `disk` if it is damaged; the phase then resumes from an earlier snapshot.
 */
export async function readKept(checkpoints: CheckpointFolder, epoch: number): Promise<Buffer> {
  const found = await readManifest(checkpoints.folder, epochName(epoch))
  const bytes = found && (await readSound(checkpoints, found, (all) => all))
  if (bytes !== null) return bytes
  const path = join(checkpoints.folder, epochName(epoch))
  throw new ExitlabError(
    'disk',
    `The best checkpoint ${path} was lost. Retry the run to train again from an earlier checkpoint.`,
  )
}

interface ResumePoint<Snapshot> extends Provenance {
  snapshot: Snapshot
}

/**
 * The snapshot to resume from: the newest one that is sound, that `decode` accepts, and whose best checkpoint is sound as well.
 * Damaged ones are reported and moved aside. Null: start from the beginning.
 */
export async function findResumePoint<Snapshot>(
  checkpoints: CheckpointFolder,
  decode: (bytes: Buffer, path: string) => Snapshot,
): Promise<ResumePoint<Snapshot> | null> {
  for (const candidate of await listSnapshots(checkpoints)) {
    const { versions, earlierVersions } = candidate
    const snapshot = await readSound(checkpoints, candidate, decode)
    if (snapshot === null) continue
    if (await keptWeightsAreSound(checkpoints, candidate, decode)) return { snapshot, versions, earlierVersions }
    checkpoints.warn(`${candidate.file} cannot be used: its best checkpoint, of epoch ${candidate.keptEpoch}, is lost`)
    await setAside(checkpoints.folder, candidate.file)
  }
  return null
}

/** Snapshots with a manifest, newest first. */
async function listSnapshots({ folder }: CheckpointFolder): Promise<Manifest[]> {
  const snapshots = (await readManifests(folder)).filter(({ file }) => file !== finalName)
  return snapshots.sort((a, b) => b.step - a.step || b.epoch - a.epoch)
}

/** The newest snapshot, the previous one in case that one is damaged, and the best checkpoints that either refers to. */
function neededSnapshots(newestFirst: readonly Manifest[]): Set<string> {
  const last = newestFirst.slice(0, 2)
  return new Set(last.flatMap(({ file, keptEpoch }) => [file, epochName(keptEpoch)]))
}

async function keptWeightsAreSound(
  checkpoints: CheckpointFolder,
  { file, keptEpoch }: Manifest,
  decode: (bytes: Buffer, path: string) => unknown,
): Promise<boolean> {
  if (keptEpoch === 0 || file === epochName(keptEpoch)) return true
  const kept = await readManifest(checkpoints.folder, epochName(keptEpoch))
  return kept !== null && (await readSound(checkpoints, kept, decode)) !== null
}
