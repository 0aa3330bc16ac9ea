import type { NetworkSpec } from '../../../shared/network.ts'
import { mean } from '../../../shared/statistics.ts'
import { familyOf } from '../networks/families.ts'
import { stream } from '../random.ts'
import type { TrainingBatch } from './batch.ts'
import { withDisposables } from './with-disposables.ts'
import type { StepOptions } from './step.ts'
import { createTrainingStep } from './step.ts'
import { createTrainingState, startSnapshot } from './phase-state.ts'

export interface CalibrationOptions extends StepOptions {
  /** For tracing and steps, about. */
  seconds: number
  /** Milliseconds. */
  now(): number
}

export interface Calibration {
  /** Mean over the steps. */
  secondsPerStep: number
  /** Until every entry of the loss cycle has been traced and run once. */
  secondsToStart: number
  /** Whether a step of the whole batch would have taken too long: its time follows from smaller batches. */
  extrapolated: boolean
}

/** Samples of the first batch, which tells how many samples can be timed. */
const firstSamples = 2
/** Passes through the loss cycle that are timed at most. */
const mostPasses = 3

/**
 * Times a few steps of a phase on made-up samples: first of two, then of as many, up to the batch size, as there is time for. At
 * least one pass through the loss cycle is timed after the one that traces it.
 */
export async function calibratePhase(options: CalibrationOptions): Promise<Calibration> {
  const { phase, seconds, now, training } = options
  const began = now()
  const elapsed = () => (now() - began) / 1000
  const state = createTrainingState(options, startSnapshot(options, { seed: 0 }))
  const trainingStep = createTrainingStep(options)
  const entries = [...phase.lossCycle.keys()]
  /** @returns seconds of a step, the mean over the loss cycle. */
  const pass = async (batch: TrainingBatch) => {
    const start = elapsed()
    for (const step of entries)
      await trainingStep.run({ state, step, epoch: 1, batch, learningRate: 0, dropoutSeed: [step, 0] })
    return (elapsed() - start) / entries.length
  }
  return withDisposables([trainingStep, state], async () => {
    const few = Math.min(firstSamples, training.batchSize)
    const first = madeUpBatch(options.network.spec, few)
    await pass(first)
    const secondsToStart = elapsed()
    const short = await pass(first)
    // A pass that traces for the larger batch, and one that is timed.
    const room = (seconds - elapsed() - secondsToStart) / (2 * entries.length * (short / few))
    const size =
      room >= training.batchSize ? training.batchSize : Math.max(few, 2 ** Math.floor(Math.log2(Math.max(room, 1))))
    const times: number[] = []
    if (size > few) {
      const batch = madeUpBatch(options.network.spec, size)
      await pass(batch)
      do times.push(await pass(batch))
      while (times.length < mostPasses && elapsed() < seconds)
    }
    const larger = size > few ? { samples: size, seconds: mean(times) } : null
    const secondsPerStep = stepSeconds({ samples: few, seconds: short }, larger, training.batchSize)
    return { secondsPerStep, secondsToStart, extrapolated: size < training.batchSize }
  })
}

interface TimedStep {
  samples: number
  seconds: number
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
