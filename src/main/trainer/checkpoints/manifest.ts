import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { writeDurably } from './durable-file.ts'

const versions = z.record(z.string(), z.string())
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

/** As it lies on the disk. The seal is the SHA-256 of the rest: an altered manifest is refused as an altered checkpoint is. */
const sealedManifest = z.object({ ...manifest.shape, seal: z.string() })

export const manifestSuffix = '.manifest.json'

export async function writeManifest(folder: string, written: Manifest): Promise<void> {
  const sealed = { ...written, seal: sealOf(written) }
  await writeDurably(join(folder, written.file + manifestSuffix), new TextEncoder().encode(JSON.stringify(sealed)))
}

/** The manifest of a checkpoint; null where there is none, or none that can be trusted. */
export async function readManifest(folder: string, name: string): Promise<Manifest | null> {
  try {
    const { seal, ...read } = sealedManifest.parse(
      JSON.parse(await readFile(join(folder, name + manifestSuffix), 'utf8')),
    )
    return seal === sealOf(read) && read.file === basename(name) ? read : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

function sealOf(written: Manifest): string {
  return createHash('sha256').update(canonicalJson(written)).digest('hex')
}
