import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { CheckpointRef } from '../../../shared/phases/checkpoint-ref.ts'
import { readOpenFile } from '../../../files/regular-file.ts'
import { openVerified } from '../../../files/verified-file.ts'
import { writeDurably } from '../../../files/durable-file.ts'
import type { Manifest } from '../../../files/checkpoint-manifest.ts'
import { manifestSuffix, writeManifest } from '../../../files/checkpoint-manifest.ts'
import { asideSuffix, setAside } from '../../../files/set-aside.ts'

export interface CheckpointFolder {
  folder: string
  /** Told of each file that is refused. */
  warn(message: string): void
}

export function epochName(epoch: number): string {
  return `epoch-${String(epoch).padStart(5, '0')}.safetensors`
}

export function stepName(step: number): string {
  return `step-${String(step).padStart(9, '0')}.safetensors`
}

/** Writes a checkpoint, which is valid once its manifest exists. */
export async function writeCheckpoint(
  folder: string,
  name: string,
  { bytes, about }: { bytes: Uint8Array; about: Omit<Manifest, 'file' | 'sha256' | 'bytes'> },
): Promise<Manifest> {
  const written: Manifest = { file: name, ...(await writeDurably(join(folder, name), bytes)), ...about }
  await writeManifest(folder, written)
  return written
}

/** Bytes of a checkpoint. @throws ExitlabError `checkpoint-damaged`, with its name, if the checksum differs. */
export async function readCheckpoint({ file, sha256 }: CheckpointRef): Promise<Buffer> {
  const opened = await openVerified({ path: file, sha256 })
  if (opened.file === null) {
    throw opened.error ?? new ExitlabError('checkpoint-damaged', `The checkpoint ${file} ${opened.fault}.`)
  }
  await using checkpoint = opened.file
  return await readOpenFile(checkpoint)
}

/**
 * What can be read out of the bytes of one of the phase's own checkpoints; null where it is damaged, or not what `decode`
 * takes. It is then named and set aside.
 */
export function readSound<T>(
  checkpoints: CheckpointFolder,
  { file, sha256 }: Pick<Manifest, 'file' | 'sha256'>,
  decode: (bytes: Buffer, path: string) => T,
): Promise<T | null> {
  const path = join(checkpoints.folder, file)
  return orSetAside(checkpoints, file, async () => decode(await readCheckpoint({ file: path, sha256 }), path))
}

async function orSetAside<T>(
  { folder, warn }: CheckpointFolder,
  name: string,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ExitlabError) || error.code !== 'checkpoint-damaged') throw error
    warn(`${error.message} It is not used and was renamed to ${name}${asideSuffix}.`)
    await setAside(folder, name)
    return null
  }
}

/** The manifest is removed first, which makes the checkpoint invalid at once. */
export async function removeCheckpoint(folder: string, name: string): Promise<void> {
  await rm(join(folder, name + manifestSuffix), { recursive: true, force: true })
  await rm(join(folder, name), { recursive: true, force: true })
}
