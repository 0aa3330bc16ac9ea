import { join } from 'node:path'
import { z } from 'zod'
import type { CheckpointFolder } from '../checkpoints/checkpoint-file.ts'
import { readVerified } from '../../files/verified-file.ts'
import { setAside } from '../checkpoints/checkpoint-file.ts'
import { diskError, writeDurably } from '../../files/durable-file.ts'
import type { Provenance } from '../../files/checkpoint-manifest.ts'
import { manifestSuffix, versions } from '../../files/checkpoint-manifest.ts'
import { readSealed, writeSealed } from '../../files/sealed-json.ts'

const resultName = 'result.json'

/** Lies beside the result and makes it one. */
const resultManifest = z.strictObject({
  file: z.literal(resultName),
  sha256: z.string(),
  /** How many it took. Version 0.1.0 left it out at first. */
  parts: z.int().optional(),
  /** Seal of everything that the result follows from. */
  question: z.string(),
  versions,
  /** What else had a part in it, each set-up once. */
  earlierVersions: z.array(versions),
})

export interface WrittenResult {
  /** Absolute path. */
  file: string
  sha256: string
  /** How many it took; null where nobody noted that. */
  parts: number | null
}

/** The result of an analysis that is done; null where it is not, or what lies there is damaged, which is then named and set aside. */
export async function findResult(analysis: CheckpointFolder, question: string): Promise<WrittenResult | null> {
  const file = join(analysis.folder, resultName)
  const manifest = await readSealed(file + manifestSuffix, resultManifest)
  if (manifest === null) return null
  if (manifest.question !== question) {
    analysis.warn(`${file} is the result of another analysis: it lies in the wrong folder. It is set aside.`)
    await setAside(analysis.folder, resultName)
    return null
  }
  const { sha256, parts = null } = manifest
  const { fault, error } = { error: undefined, ...(await readVerified({ path: file, sha256 })) }
  if (error !== undefined) throw diskError(file, error, 'read')
  if (fault === null) return { file, sha256, parts }
  analysis.warn(`${file} ${fault}. The analysis is done again.`)
  await setAside(analysis.folder, resultName)
  return null
}

export interface NewResult {
  question: string
  /** Fits the schema of its kind. */
  result: unknown
  parts: number
  provenance: Provenance
}

/** Writes a result so that it is there whole or not at all. */
export async function writeResult(folder: string, { result, provenance, ...about }: NewResult): Promise<WrittenResult> {
  const file = join(folder, resultName)
  const { sha256 } = await writeDurably(file, new TextEncoder().encode(JSON.stringify(result)))
  await writeSealed(file + manifestSuffix, { file: resultName, sha256, ...about, ...provenance })
  return { file, sha256, parts: about.parts }
}
