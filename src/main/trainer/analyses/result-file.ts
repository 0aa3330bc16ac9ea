import { join } from 'node:path'
import { z } from 'zod'
import type { CheckpointFolder } from '../checkpoints/checkpoint-file.ts'
import { openVerified } from '../../../files/verified-file.ts'
import { setAside } from '../../../files/set-aside.ts'
import { diskError, writeDurably } from '../../../files/durable-file.ts'
import type { Provenance } from '../../../files/checkpoint-manifest.ts'
import { manifestSuffix, versions } from '../../../files/checkpoint-manifest.ts'
import { readSealed, writeSealed } from '../../../files/sealed-json.ts'

const resultName = 'result.json'

/** Lies beside the result and makes it one. */
const resultManifest = z.strictObject({
  file: z.literal(resultName),
  sha256: z.string(),
  /** Number of parts. Missing in early versions of 0.1.0. */
  parts: z.int().optional(),
  /** Seal of everything that the result follows from. */
  question: z.string(),
  versions,
  /** Other versions that were involved, each once. */
  earlierVersions: z.array(versions),
})

interface WrittenResult {
  /** Absolute path. */
  file: string
  sha256: string
  /** Number of parts; null if not recorded. */
  parts: number | null
}

/** The result of a finished analysis; null if there is none or it is damaged, which is reported and the file moved aside. */
export async function findResult(analysis: CheckpointFolder, question: string): Promise<WrittenResult | null> {
  const file = join(analysis.folder, resultName)
  const manifest = await readSealed(file + manifestSuffix, resultManifest)
  if (manifest === null) return null
  if (manifest.question !== question) {
    analysis.warn(`${file} is the result of another analysis: it is in the wrong folder. It is moved aside.`)
    await setAside(analysis.folder, resultName)
    return null
  }
  const { sha256, parts = null } = manifest
  const opened = await openVerified({ path: file, sha256 })
  if (opened.file !== null) {
    await opened.file.close()
    return { file, sha256, parts }
  }
  if (opened.error !== undefined) throw diskError(file, opened.error, 'read')
  analysis.warn(`${file} ${opened.fault}. The analysis is computed again.`)
  await setAside(analysis.folder, resultName)
  return null
}

interface NewResult {
  question: string
  /** Fits the schema of its kind. */
  result: unknown
  parts: number
  provenance: Provenance
}

/** Writes a result atomically. */
export async function writeResult(folder: string, { result, provenance, ...about }: NewResult): Promise<WrittenResult> {
  const file = join(folder, resultName)
  const { sha256 } = await writeDurably(file, new TextEncoder().encode(JSON.stringify(result)))
  await writeSealed(file + manifestSuffix, { file: resultName, sha256, ...about, ...provenance })
  return { file, sha256, parts: about.parts }
}
