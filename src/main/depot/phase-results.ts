import { finalName, readManifest, type Manifest } from '../files/checkpoint-manifest.ts'
import { readEvaluationRecord, type EvaluationRecord } from './evaluation-record.ts'

/** The manifest of the weights of a phase that is done. */
export type FinalManifest = Manifest & { ended: NonNullable<Manifest['ended']> }

/** Results in the folder of a phase, as their records say; the files that they are of are not read. */
export interface PhaseResults {
  weights: FinalManifest | null
  /** Of these weights. */
  evaluation: EvaluationRecord | null
}

export async function readResults(folder: string): Promise<PhaseResults> {
  const weights = await readManifest(folder, finalName)
  if (weights === null || weights.ended === null) return { weights: null, evaluation: null }
  const evaluation = await readEvaluationRecord(folder)
  return {
    weights: { ...weights, ended: weights.ended },
    evaluation: evaluation?.weights === weights.sha256 ? evaluation : null,
  }
}

/** Whether nothing of a job is left to do. */
export function isDone({ weights, evaluation }: PhaseResults, { evaluate }: { evaluate: boolean }): boolean {
  return weights !== null && (evaluation !== null || !evaluate)
}
