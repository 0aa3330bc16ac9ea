import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { DatasetDescription } from '../../../shared/data.ts'
import type { CalibrateJob } from '../../../shared/trainer.ts'
import type { TrainingSpec } from '../../../shared/training.ts'
import { batchSizeOf, stepsPerEpoch } from '../../engine/pure.ts'
import type { LineagePhase } from './lineage.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'

/** Number of timed steps of each type of phase, after warm-up. */
const timedSteps = 3
/** Time of the forward pass of validation images, as a fraction of a training step's for as many images. */
const forwardShare = 1 / 3

export interface EstimateOptions {
  trainers: TrainerJobs
  training: TrainingSpec
  dataset: DatasetDescription
  phases: readonly OpenPhase[]
}

/** A phase to be trained, with the epochs it still has at most, and how many runs need it. */
export interface OpenPhase {
  phase: LineagePhase
  epochsLeft: number
  runs: number
}

/** Seconds that training each phase takes at most, in their order, from a few timed steps of each kind of phase. */
export async function estimateSeconds({ trainers, training, dataset, phases }: EstimateOptions): Promise<number[]> {
  if (phases.length === 0) return []
  const kinds = [...new Map(phases.map(({ phase }) => [kindOf(phase), calibrated(phase)]))]
  const job = { phases: kinds.map(([, phase]) => phase), training, steps: timedSteps }
  const { secondsPerStep, secondsToStart } = await trainers.calibrate({ kind: 'calibrate', ...job })
  const { train, validation } = dataset.counts
  const asked = { batchSize: training.batchSize, mixing: phases[0]!.phase.definition.data.mixing }
  const shares = lengthShares(dataset, phases[0]!.phase.definition)
  const steps =
    shares.training * stepsPerEpoch(train, asked) +
    shares.evaluation * forwardShare * (validation / batchSizeOf(train, asked))
  const indices = new Map(kinds.map(([kind], index) => [kind, index]))
  return phases.map(({ phase, epochsLeft }) => {
    const index = indices.get(kindOf(phase))!
    return secondsToStart[index]! + epochsLeft * steps * secondsPerStep[index]!
  })
}

/** Timed steps take texts of the maximum length; the time of others is about as their tokens with padding. */
function lengthShares(dataset: DatasetDescription, { data, network }: LineagePhase['definition']) {
  if (dataset.kind === 'images') return { training: 1, evaluation: 1 }
  const timed = Number(network['maxLength'] ?? dataset.maxLength)
  const [grouped, random] = [dataset.tokens.padded / timed, Math.min(dataset.tokens.longest, dataset.maxLength) / timed]
  return { training: data.grouping === 'by-length' ? grouped : random, evaluation: grouped }
}

/** Phases of one kind do the same work in a step: seeds and parents make no difference to its time. */
function kindOf(phase: LineagePhase): string {
  return canonicalJson(calibrated(phase))
}

function calibrated({ definition: { network, phase } }: LineagePhase): CalibrateJob['phases'][number] {
  return { network, phase }
}
