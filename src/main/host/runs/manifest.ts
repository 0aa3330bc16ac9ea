import { z } from 'zod'
import { readRegularFile } from '../../files/regular-file.ts'

const versions = z.record(z.string(), z.string())
/** What lies beside weights, as far as the host has to do with it; the trainer looks whether it is sound. */
const manifest = z.object({ sha256: z.string(), versions, earlierVersions: z.array(versions) })
export type WeightsManifest = z.infer<typeof manifest>

/** The manifest of weights: what trained them. Null where there is none, or none of these weights. */
export async function readManifest({
  file,
  sha256,
}: {
  file: string
  sha256: string
}): Promise<WeightsManifest | null> {
  const read = await readRegularFile(`${file}.manifest.json`).then(parsed, () => null)
  return read?.sha256 === sha256 ? read : null
}

function parsed(bytes: Buffer): WeightsManifest | null {
  try {
    return manifest.parse(JSON.parse(bytes.toString()))
  } catch {
    return null
  }
}
