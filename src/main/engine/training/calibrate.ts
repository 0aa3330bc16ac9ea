import type { NetworkSpec } from '../../../shared/network.ts'
import { familyOf } from '../networks/families.ts'
import { stream } from '../random.ts'
import type { TrainingBatch } from './batch.ts'
import { withDisposables } from './with-disposables.ts'
import type { StepOptions } from './step.ts'
import { createTrainingStep } from './step.ts'
import { createTrainingState, startSnapshot } from './phase-state.ts'

export interface CalibrationOptions extends StepOptions {
  /** Steps after the first pass through the loss cycle. */
  steps: number
  /** Milliseconds. */
  now(): number
}

export interface Calibration {
  /** Mean over the steps. */
  secondsPerStep: number
  /** Until every entry of the loss cycle has been traced and run once. */
  secondsToStart: number
}

/** Times a few steps of a phase on made-up samples; at least one pass through its loss cycle. */
export async function calibratePhase(options: CalibrationOptions): Promise<Calibration> {
  const { phase, steps, now } = options
  const cycle = phase.lossCycle.length
  const began = now()
  const batch = madeUpBatch(options.network.spec, options.training.batchSize)
  const state = createTrainingState(options, startSnapshot(options, { seed: 0 }))
  const trainingStep = createTrainingStep(options)
  const run = async (from: number, to: number) => {
    for (let step = from; step < to; step++) {
      await trainingStep.run({ state, step, epoch: 1, batch, learningRate: 0, dropoutSeed: [step, 0] })
    }
  }
  return withDisposables([trainingStep, state], async () => {
    await run(0, cycle)
    const started = now()
    const timed = Math.ceil(steps / cycle) * cycle
    await run(cycle, cycle + timed)
    return { secondsPerStep: (now() - started) / timed / 1000, secondsToStart: (started - began) / 1000 }
  })
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
