import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { withoutPath } from '../../../contract/experiment/identity.ts'
import type { PhaseDefinition } from '../../../contract/experiment/phase-definition.ts'
import type { DataSpec, DatasetDescription } from '../../../shared/data/data.ts'
import type { CalibrateJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { TrainingSpec } from '../../../shared/experiment/training.ts'
import { batchSizeOf, stepsPerEpoch } from '../../../engine/pure.ts'
import type { UnseededPhase } from './lineage.ts'
import type { ExperimentServices } from './services.ts'
import { type Demand, runsAtOnce, threadsOfEach } from '../../execution/trainer-pool/runs-at-once.ts'
import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'
import type { Variant } from './resolve-experiment.ts'

/** Time of the forward pass of validation samples, as a fraction of a training step's for as many. */
const forwardShare = 1 / 3

export interface EstimateOptions {
  trainers: Pick<TrainerJobs, 'calibrate'>
  /** Of a run. */
  threads: number
  /** For timing steps, about. */
  limitSeconds: number
  training: TrainingSpec
  dataset: DatasetDescription
  work: readonly PhaseWork[]
}

/** Phases to be trained that differ in their seeds and parents, which make no difference to the time of a step. */
export interface PhaseWork {
  phase: Pick<UnseededPhase, 'definition'>
  phases: number
  /** That they still have at most, together. */
  epochs: number
}

/** Seconds that training takes at most, for each piece of work in their order. */
interface Estimate {
  seconds: number[]
  /** Whether timing all steps as they are would have taken too long. */
  extrapolated: boolean
}

/** For timing steps, all in all. */
const calibrationSeconds = 8

/** What of a training makes a difference to the time of a step. */
const ofStep = ({ epochs: _, schedule: __, earlyStopping: ___, learningRate: ____, ...step }: TrainingSpec) => step

/** Seconds that training takes at most, for each piece of work, and how many runs are trained at once. Phases of one batch size and one data set are timed together. */
export async function estimateWork(
  { trainers, settings }: Pick<ExperimentServices, 'trainers' | 'settings'>,
  { variants, demand }: { variants: readonly Variant[]; demand: Demand },
  work: readonly PhaseWork[],
): Promise<Estimate & { atOnce: number }> {
  const atOnce = runsAtOnce(settings.current(), demand)
  const conditions = ({ training, data }: Pick<PhaseDefinition, 'training' | 'data'>) =>
    canonicalJson([ofStep(training), data])
  // Phases may augment and mix in their own way.
  const samplesOf = ({ augmentation: _, mixing: __, ...samples }: DataSpec) => canonicalJson(samples)
  const groups = Map.groupBy(work, ({ phase }) => conditions(phase.definition))
  const all = new Map<PhaseWork, number>()
  const limitSeconds = calibrationSeconds / groups.size
  let extrapolated = false
  for (const some of groups.values()) {
    const { training, data } = some[0]!.phase.definition
    const { dataset } = variants.find(({ file }) => samplesOf(withoutPath(file.data)) === samplesOf(data))!
    const part = await estimateSeconds({
      trainers,
      threads: threadsOfEach(atOnce),
      limitSeconds,
      training,
      dataset,
      work: some,
    })
    some.forEach((each, index) => all.set(each, part.seconds[index]!))
    extrapolated ||= part.extrapolated
  }
  return { seconds: work.map((each) => all.get(each)!), extrapolated, atOnce }
}

/** From a few timed steps of each kind of phase. */
export async function estimateSeconds(options: EstimateOptions): Promise<Estimate> {
  const { trainers, threads, training, dataset, work, limitSeconds } = options
  if (work.length === 0) return { seconds: [], extrapolated: false }
  const kinds = [...new Map(work.map(({ phase }) => [kindOf(phase), calibrated(phase)]))]
  const job = { phases: kinds.map(([, phase]) => phase), training, seconds: limitSeconds }
  const { secondsPerStep, secondsToStart, extrapolated } = await trainers.calibrate(
    { kind: 'calibrate', ...job },
    threads,
  )
  const { train, validation } = dataset.counts
  const { definition } = work[0]!.phase
  const asked = { batchSize: training.batchSize, mixing: definition.data.mixing }
  const shares = lengthShares(dataset, definition)
  const steps =
    shares.training * stepsPerEpoch(train, asked) +
    shares.evaluation * forwardShare * (validation / batchSizeOf(train, asked))
  const indices = new Map(kinds.map(([kind], index) => [kind, index]))
  const seconds = work.map(({ phase, phases, epochs }) => {
    const index = indices.get(kindOf(phase))!
    return phases * secondsToStart[index]! + epochs * steps * secondsPerStep[index]!
  })
  return { seconds, extrapolated }
}

/** Timed steps take texts of the maximum length; the time of others is about as their tokens with padding. */
function lengthShares(dataset: DatasetDescription, { data, network }: UnseededPhase['definition']) {
  if (dataset.kind === 'images') return { training: 1, evaluation: 1 }
  const timed = Number(network['maxLength'] ?? dataset.maxLength)
  const [grouped, random] = [dataset.tokens.padded / timed, Math.min(dataset.tokens.longest, dataset.maxLength) / timed]
  return { training: data.grouping === 'by-length' ? grouped : random, evaluation: grouped }
}

/** Phases of one kind do the same work in a step. */
function kindOf(phase: PhaseWork['phase']): string {
  return canonicalJson(calibrated(phase))
}

function calibrated({ definition: { network, phase } }: PhaseWork['phase']): CalibrateJob['phases'][number] {
  return { network, phase }
}
