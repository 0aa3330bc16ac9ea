import { join } from 'node:path'
import { z } from 'zod'
import { splitMetrics } from '../../../shared/runs/runs.ts'
import { evaluationName } from '../../../files/checkpoint-manifest.ts'
import { readSealed, writeSealed } from '../../../files/sealed-json.ts'

export const recordName = 'evaluation.json'

/** Lies beside the outputs of a phase's exits and makes them an evaluation. */
export const evaluationRecord = z.strictObject({
  file: z.literal(evaluationName),
  sha256: z.string(),
  /** SHA-256 of the weights that were evaluated. */
  weights: z.string(),
  metrics: splitMetrics,
})
export type EvaluationRecord = z.infer<typeof evaluationRecord>

export async function writeEvaluationRecord(folder: string, record: Omit<EvaluationRecord, 'file'>): Promise<void> {
  await writeSealed(join(folder, recordName), { file: evaluationName, ...record })
}

/** The record of a phase's evaluation; null if it is missing or invalid. */
export function readEvaluationRecord(folder: string): Promise<EvaluationRecord | null> {
  return readSealed(join(folder, recordName), evaluationRecord)
}
