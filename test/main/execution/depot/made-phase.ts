import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeEvaluationRecord } from '../../../../src/main/execution/depot/evaluation-record.ts'
import { writeJob, type PhaseJob } from '../../../../src/main/execution/depot/phase-job.ts'
import { evaluationName, finalName, writeManifest, type Manifest } from '../../../../src/files/checkpoint-manifest.ts'
import { writeDurably } from '../../../../src/files/durable-file.ts'
import type { Marks } from '../../../../src/files/verified-file.ts'
import { encodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'

/** A file that says of itself what it is. */
export const encoded = (marks: Marks) => encodeSafetensors({}, { ...marks })

/** An id of a phase: a digit 64 times. */
export const idOf = (digit: number | string) => String(digit).repeat(64)

interface MadePhase {
  /** Content of its final weights. */
  weights?: string | Uint8Array
  device?: string
  /** Epochs of its snapshots. */
  snapshots?: readonly number[]
  /** Content of its evaluation; of other weights where `of` is given. */
  evaluation?: string | Uint8Array
  of?: string
  job?: PhaseJob
  /** Further files. */
  files?: Record<string, string>
}

/** Writes the folder of a phase by hand. Returns its path. */
export async function makePhase(depot: string, id: string, made: MadePhase = {}): Promise<string> {
  const folder = join(depot, id)
  mkdirSync(folder, { recursive: true })
  const { weights, snapshots = [], evaluation, job, device = 'one device', files = {} } = made
  for (const epoch of snapshots) {
    const name = `epoch-${String(epoch).padStart(5, '0')}.safetensors`
    await writeChecked(folder, name, { content: `snapshot ${epoch}`, about: { epoch, step: 10 * epoch } })
  }
  const ended = { epoch: 9, step: 95, ended: 'epoch-cap' as const, versions: { device } }
  const sha256 = weights === undefined ? '' : await writeChecked(folder, finalName, { content: weights, about: ended })
  if (evaluation !== undefined) {
    const written = await writeDurably(join(folder, evaluationName), bytesOf(evaluation))
    const split = { losses: [], accuracies: [] }
    const metrics = { validation: split, test: split } as never
    await writeEvaluationRecord(folder, { sha256: written.sha256, weights: made.of ?? sha256, metrics })
  }
  if (job) await writeJob(depot, id, job)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

interface Checked {
  content: string | Uint8Array
  about: Partial<Manifest>
}

async function writeChecked(folder: string, name: string, { content, about }: Checked) {
  const written = await writeDurably(join(folder, name), bytesOf(content))
  const rest = { epoch: 0, step: 0, keptEpoch: 1, ended: null, versions: {}, earlierVersions: [] }
  await writeManifest(folder, { file: name, ...written, ...rest, ...about })
  return written.sha256
}
