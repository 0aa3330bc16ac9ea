import type { NetworkSpec } from '../../shared/network/network.ts'
import { familyOf } from '../networks/families.ts'
import { stream } from '../random.ts'
import type { State } from '../tf.ts'
import type { TrainingBatch } from './batch.ts'
import { sumsName } from './epoch-sums.ts'
import { withDisposables } from './with-disposables.ts'
import { createTrainingStep, type StepOptions, type TrainingStep } from './step.ts'
import { createTrainingState } from './phase-state.ts'
import { startSnapshot } from './phase-start.ts'

interface CalibrationOptions extends StepOptions {
  /** For tracing and steps, about. */
  seconds: number
  /** Milliseconds. */
  now(): number
  /** Milliseconds that the processor has worked for this process: less than the clock says where other processes have it. Left out: a card trains. */
  processor?(): number
}

export interface Calibration {
  /** Of the fastest pass, by clock or processor, whichever says less: what other processes do on the machine is no part of it. */
  secondsPerStep: number
  /** Until every entry of the loss cycle has been traced and run once. */
  secondsToStart: number
  /** Whether a step of the whole batch would have taken too long: its time follows from smaller batches. */
  extrapolated: boolean
}

/** Samples of the first batch, which tells how many samples can be timed. */
const firstSamples = 2
/** Passes through the loss cycle that are timed at most. */
const mostPasses = 10

/**
 * Times a few steps of a phase on made-up samples: first of two, then of as many, up to the batch size, as there is time for. At
 * least one pass through the loss cycle is timed after the one that traces it.
 */
export async function calibratePhase(options: CalibrationOptions): Promise<Calibration> {
  const { network, phase, training, seconds, now } = options
  const began = now()
  const elapsed = () => (now() - began) / 1000
  const state = createTrainingState(options, startSnapshot(options, { seed: 0 }))
  const trainingStep = createTrainingStep(options)
  const pass = createPass(options, { state, trainingStep })
  return withDisposables([trainingStep, state], async () => {
    const few = madeUpBatch(network.spec, Math.min(firstSamples, training.batchSize))
    const secondsToStart = (await pass(few)) * phase.lossCycle.length
    const tracing = elapsed()
    const first = { samples: few.size, seconds: await pass(few) }
    // On a busy machine tracing may have taken all of it.
    const secondsLeft = Math.max(seconds / 2, seconds - elapsed() - tracing)
    const samples = affordableSamples(first, secondsLeft / phase.lossCycle.length, training.batchSize)
    const timeLarger = () => timePasses(pass, madeUpBatch(network.spec, samples), () => elapsed() < seconds)
    const larger = samples > few.size ? await timeLarger() : null
    const secondsPerStep = stepSeconds(first, larger, training.batchSize)
    return { secondsPerStep, secondsToStart, extrapolated: samples < training.batchSize }
  })
}

/** Trains on a batch in each entry of the loss cycle. Returns the seconds of a step, their mean. */
type Pass = (batch: TrainingBatch) => Promise<number>

function createPass(
  { phase, now, processor }: CalibrationOptions,
  { state, trainingStep }: { state: State; trainingStep: TrainingStep },
): Pass {
  const entries = [...phase.lossCycle.keys()]
  return async (batch) => {
    const [start, worked] = [now(), processor?.() ?? 0]
    for (const step of entries)
      await trainingStep.run({ state, step, epoch: 1, batch, learningRate: 0, dropoutSeed: [step, 0] })
    // A card has done its steps only when it answers.
    await state.read(sumsName)
    return Math.min(now() - start, processor ? processor() - worked : Infinity) / 1000 / entries.length
  }
}

interface TimedStep {
  samples: number
  seconds: number
}

/** Samples of a batch, or a power of two of them, of which two steps fit into the time: one that traces, and one that is timed. */
function affordableSamples({ samples, seconds }: TimedStep, secondsLeft: number, batchSize: number): number {
  const affordable = secondsLeft / (2 * (seconds / samples))
  return affordable >= batchSize ? batchSize : Math.max(samples, 2 ** Math.floor(Math.log2(Math.max(affordable, 1))))
}

/** The fastest of the passes that there is time for, at least one, after one that traces. */
async function timePasses(pass: Pass, batch: TrainingBatch, hasTime: () => boolean): Promise<TimedStep> {
  await pass(batch)
  const times: number[] = []
  do times.push(await pass(batch))
  while (times.length < mostPasses && hasTime())
  return { samples: batch.size, seconds: Math.min(...times) }
}

/** By the line through two times, as part of a step takes the same time for any batch; a single time is taken in proportion. */
export function stepSeconds(smaller: TimedStep, larger: TimedStep | null, batchSize: number): number {
  if (larger === null) return (smaller.seconds * batchSize) / smaller.samples
  const slope = (larger.seconds - smaller.seconds) / (larger.samples - smaller.samples)
  return larger.seconds + Math.max(0, slope) * (batchSize - larger.samples)
}

/** Normally distributed inputs, of whole numbers evenly distributed ones, with one class, or the value 1, each. */
export function madeUpBatch(spec: NetworkSpec, size: number): TrainingBatch {
  const source = stream(0, 'made-up batch')
  const inputs = Object.entries(familyOf(spec).inputs(spec)).map(([name, { shape, dtype, most = 0 }]) => {
    const length = shape.reduce((product, side) => product * side, size)
    const values =
      dtype === 'int32'
        ? Int32Array.from({ length }, () => source.integer(most + 1))
        : Float32Array.from({ length }, source.normal)
    return [name, { values, shape: [size, ...shape], dtype }] as const
  })
  const targets = new Float32Array(size * spec.classes)
  for (let row = 0; row < size; row++) targets[row * spec.classes + source.integer(spec.classes)] = 1
  const shape = [size, spec.classes]
  return { inputs: Object.fromEntries(inputs), targets: { values: targets, shape, dtype: 'float32' }, size }
}
