import { readdir } from 'node:fs/promises'
import { finalName, manifestSuffix, readManifest, type Manifest } from '../files/checkpoint-manifest.ts'
import { nullIfMissing } from '../files/missing.ts'
import { readEvaluationRecord, type EvaluationRecord } from './evaluation-record.ts'

/** The manifest of the weights of a phase that is done. */
type FinalManifest = Manifest & { ended: NonNullable<Manifest['ended']> }

/** Results in the folder of a phase, as their records say; the files that they are of are not read. */
export interface PhaseResults {
  weights: FinalManifest | null
  /** Of these weights. */
  evaluation: EvaluationRecord | null
  /** Steps in the newest checkpoint. */
  steps: number
}

export async function readResults(folder: string): Promise<PhaseResults> {
  const weights = await readManifest(folder, finalName)
  if (weights === null || weights.ended === null)
    return { weights: null, evaluation: null, steps: await stepsSaved(folder) }
  const evaluation = await readEvaluationRecord(folder)
  return {
    weights: { ...weights, ended: weights.ended },
    evaluation: evaluation?.weights === weights.sha256 ? evaluation : null,
    steps: weights.step,
  }
}

async function stepsSaved(folder: string): Promise<number> {
  const names = (await readdir(folder).catch(nullIfMissing)) ?? []
  const records = names
    .filter((name) => name.endsWith(manifestSuffix))
    .map((name) => name.slice(0, -manifestSuffix.length))
  const manifests = await Promise.all(records.map((name) => readManifest(folder, name)))
  return Math.max(0, ...manifests.map((each) => each?.step ?? 0))
}

/** Whether nothing of a job is left to do. */
export function isDone(
  { weights, evaluation }: Pick<PhaseResults, 'weights' | 'evaluation'>,
  { evaluate }: { evaluate: boolean },
): boolean {
  return weights !== null && (evaluation !== null || !evaluate)
}
