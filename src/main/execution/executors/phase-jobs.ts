import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { parentOf } from '../../../contract/experiment/phase-definition.ts'
import type { EvaluateJob, TrainJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { WeightsRef } from '../../../shared/phases/checkpoint-ref.ts'
import { phaseFolder } from '../depot/depot.ts'
import type { PhaseJob } from '../depot/phase-job.ts'
import { readResults } from '../depot/phase-results.ts'
import { evaluationName, finalName } from '../../../files/checkpoint-manifest.ts'

/** Weights that a phase starts from; null: it starts from none. @throws ExitlabError `conflict` where its parent is not trained yet. */
export async function parentWeights(depot: string, { definition }: PhaseJob): Promise<WeightsRef | null> {
  const phaseId = parentOf(definition)
  if (phaseId === null) return null
  const folder = phaseFolder(depot, phaseId)
  const { weights } = await readResults(folder)
  if (weights !== null) return { phaseId, file: join(folder, finalName), sha256: weights.sha256 }
  throw new ExitlabError(
    'conflict',
    `Its parent ${phaseId} is not trained yet: there are no weights in ${folder}. Train that phase first.`,
    { command: ['train-phase', depot, phaseId] },
  )
}

interface TrainInputs {
  phaseId: string
  parent: WeightsRef | null
  folder: string
  checkpointSeconds: number
}

/** The trainer's job of training a phase. */
export function trainJob(
  { definition, dominanceBatches, ...job }: PhaseJob,
  { phaseId, parent, folder, checkpointSeconds }: TrainInputs,
): TrainJob {
  const files = { parent, checkpointFolder: folder, checkpointSeconds }
  return { kind: 'train', ...definition, phaseId, ...placeOf(job), ...files, dominanceBatches }
}

/** The trainer's job of evaluating a phase. */
export function evaluateJob(
  { definition: { network, data, dataset }, ...job }: PhaseJob,
  { folder, weights }: { folder: string; weights: WeightsRef },
): EvaluateJob {
  const outputFile = join(folder, evaluationName)
  return { kind: 'evaluate', network, data, dataset, ...placeOf(job), checkpoint: weights, outputFile }
}

const placeOf = ({ dataPath, tokenizer }: Pick<PhaseJob, 'dataPath' | 'tokenizer'>) => ({
  dataPath,
  ...(tokenizer && { tokenizer }),
})
