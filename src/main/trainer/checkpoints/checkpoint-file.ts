import { createHash } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ExitlabError } from '../../../shared/error.ts'
import type { CheckpointRef } from '../../../shared/trainer.ts'
import { flushFolder, writeDurably } from './durable-file.ts'
import type { Manifest } from './manifest.ts'
import { manifestSuffix, writeManifest } from './manifest.ts'

export interface CheckpointFolder {
  folder: string
  /** Told of each file that is refused. */
  warn(message: string): void
}

/** The weights of a phase that is done. */
export const finalName = 'final.safetensors'

export function epochName(epoch: number): string {
  return `epoch-${String(epoch).padStart(5, '0')}.safetensors`
}

export function stepName(step: number): string {
  return `step-${String(step).padStart(9, '0')}.safetensors`
}

/** Writes a checkpoint, which is one when its manifest lies beside it. */
export async function writeCheckpoint(
  folder: string,
  name: string,
  { bytes, about }: { bytes: Uint8Array; about: Omit<Manifest, 'file' | 'sha256' | 'bytes'> },
): Promise<Manifest> {
  const written: Manifest = { file: name, ...(await writeDurably(join(folder, name), bytes)), ...about }
  await writeManifest(folder, written)
  return written
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

/** The bytes of one of the phase's own checkpoints; null where it is damaged, which is then named and set aside. */
export function readSound(checkpoints: CheckpointFolder, { file, sha256 }: Manifest): Promise<Buffer | null> {
  return orSetAside(checkpoints, file, () => readCheckpoint({ file: join(checkpoints.folder, file), sha256 }))
}

/** What can be read out of one of the phase's own checkpoints; null where it is damaged, which is then named and set aside. */
export async function orSetAside<T>(
  { folder, warn }: CheckpointFolder,
  name: string,
  read: () => T | Promise<T>,
): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ExitlabError) || error.code !== 'checkpoint-damaged') throw error
    warn(`${error.message} It is not used.`)
    await setAside(folder, name)
    return null
  }
}

/** The manifest first: from then on the file is as if it had never been finished. */
export async function removeCheckpoint(folder: string, name: string): Promise<void> {
  await rm(join(folder, name + manifestSuffix), { force: true })
  await rm(join(folder, name), { force: true })
}

/** Keeps a damaged file for who wants to look into it. */
export async function setAside(folder: string, name: string): Promise<void> {
  await rm(join(folder, name + manifestSuffix), { force: true })
  await rename(join(folder, name), join(folder, `${name}.damaged`)).catch(ignoreMissing)
  await flushFolder(folder)
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
