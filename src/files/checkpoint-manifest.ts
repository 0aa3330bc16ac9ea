import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { readSealed, writeSealed } from './sealed-json.ts'

export const versions = z.record(z.string(), z.string())
export type Versions = z.infer<typeof versions>

/** Lies beside each checkpoint file and makes it one: a file without it was not finished. */
export const manifest = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  /** Epochs and steps of the phase done. */
  epoch: z.int(),
  step: z.int(),
  /** Epoch of the best checkpoint; 0: none yet. */
  keptEpoch: z.int(),
  /** Set on the weights of a phase that is done. */
  ended: z.enum(['early-stopping', 'epoch-cap']).nullable(),
  /** Versions that wrote it, including the number of threads: results are bit-identical only if these are equal. */
  versions,
  /** Other versions that were involved, each once: in earlier steps of the phase and in the phases that it starts from. */
  earlierVersions: z.array(versions),
})
export type Manifest = z.infer<typeof manifest>
/** Of the weights of a phase that is done. */
export type FinalManifest = Manifest & { ended: NonNullable<Manifest['ended']> }
export type Provenance = Pick<Manifest, 'versions' | 'earlierVersions'>

export const manifestSuffix = '.manifest.json'

/** The weights of a phase that is done. */
export const finalName = 'final.safetensors'

/** The outputs of its exits, in its folder in a depot. */
export const evaluationName = 'evaluation.safetensors'

export async function writeManifest(folder: string, written: Manifest): Promise<void> {
  await writeSealed(join(folder, written.file + manifestSuffix), written)
}

/** The manifest of a checkpoint; null if it is missing or invalid. */
export async function readManifest(folder: string, name: string): Promise<Manifest | null> {
  const read = await readSealed(join(folder, name + manifestSuffix), manifest)
  return read?.file === basename(name) ? read : null
}

/** The manifest of the weights of a phase; null while it is not done. */
export async function readFinalManifest(folder: string): Promise<FinalManifest | null> {
  const found = await readManifest(folder, finalName)
  return found === null || found.ended === null ? null : { ...found, ended: found.ended }
}

/** All manifests in a folder. @throws ENOENT where there is no such folder. */
export async function readManifests(folder: string): Promise<Manifest[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(manifestSuffix))
  const found = await Promise.all(names.map((name) => readManifest(folder, name.slice(0, -manifestSuffix.length))))
  return found.filter((each) => each !== null)
}

/** The manifest of weights recorded in the store; null if it is missing or belongs to other weights. */
export async function manifestOf({ file, sha256 }: { file: string; sha256: string }): Promise<Manifest | null> {
  const read = await readManifest(dirname(file), basename(file))
  return read?.sha256 === sha256 ? read : null
}
