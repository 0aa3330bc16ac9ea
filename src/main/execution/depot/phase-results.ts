import { readFinalManifest, readManifests, type FinalManifest } from '../../../files/checkpoint-manifest.ts'
import { nullIfMissing } from '../../../files/missing.ts'
import { readEvaluationRecord, type EvaluationRecord } from './evaluation-record.ts'

/** Results in the folder of a phase, as their records say; the files that they are of are not read. */
export interface PhaseResults {
  weights: FinalManifest | null
  /** Of these weights. */
  evaluation: EvaluationRecord | null
  /** Steps in the newest checkpoint. */
  steps: number
}

export async function readResults(folder: string): Promise<PhaseResults> {
  const weights = await readFinalManifest(folder)
  if (weights === null) return { weights, evaluation: null, steps: await stepsSaved(folder) }
  const evaluation = await readEvaluationRecord(folder)
  return { weights, evaluation: evaluation?.weights === weights.sha256 ? evaluation : null, steps: weights.step }
}

async function stepsSaved(folder: string): Promise<number> {
  const manifests = (await readManifests(folder).catch(nullIfMissing)) ?? []
  return Math.max(0, ...manifests.map(({ step }) => step))
}

/** Whether nothing of a job is left to do. */
export function isDone(
  { weights, evaluation }: Pick<PhaseResults, 'weights' | 'evaluation'>,
  { evaluate }: { evaluate: boolean },
): boolean {
  return weights !== null && (evaluation !== null || !evaluate)
}
