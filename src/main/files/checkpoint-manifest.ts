import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { readSealed, writeSealed } from './sealed-json.ts'

export const versions = z.record(z.string(), z.string())
export type Versions = z.infer<typeof versions>

/** Lies beside each checkpoint file and makes it one: a file without it was not finished. */
const manifest = z.strictObject({
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
  versions,
  /** What else had a part in it, each set-up once: in earlier steps of the phase, and in the phases that it starts from. */
  earlierVersions: z.array(versions),
})
export type Manifest = z.infer<typeof manifest>
export type Provenance = Pick<Manifest, 'versions' | 'earlierVersions'>

export const manifestSuffix = '.manifest.json'

export async function writeManifest(folder: string, written: Manifest): Promise<void> {
  await writeSealed(join(folder, written.file + manifestSuffix), written)
}

/** The manifest of a checkpoint; null where there is none, or none that can be trusted. */
export async function readManifest(folder: string, name: string): Promise<Manifest | null> {
  const read = await readSealed(join(folder, name + manifestSuffix), manifest)
  return read?.file === basename(name) ? read : null
}

/** The manifest of weights that the store knows; null where there is none, or that of other weights. */
export async function manifestOf({ file, sha256 }: { file: string; sha256: string }): Promise<Manifest | null> {
  const read = await readManifest(dirname(file), basename(file))
  return read?.sha256 === sha256 ? read : null
}
