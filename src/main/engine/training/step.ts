import type { PhaseSpec } from '../../../shared/phase.ts'
import type { TrainingSpec } from '../../../shared/training.ts'
import type { ForwardContext } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import { partOf } from '../networks/parts.ts'
import type { State, StateScope, Tensor, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import { adamScalars, adamUpdate, clipByGlobalNorm, clipNormOf } from './optimiser.ts'
import type { TrainingBatch } from './batch.ts'
import { tensorsOf, withInputs } from './batch.ts'
import { exitLosses } from './loss.ts'
import type { StepPlan } from './step-plan.ts'
import { planSteps } from './step-plan.ts'
import { runningSums } from './phase-state.ts'

export interface StepOptions {
  network: Network
  phase: PhaseSpec
  training: TrainingSpec
}

/** One step of a phase. */
export interface StepRequest {
  /** From `createTrainingState`; changed in place. */
  state: State
  /** Step of the phase, from 0: decides the entry of the loss cycle and AdamW's bias correction. */
  step: number
  batch: TrainingBatch
  learningRate: number
  /** Two integers below 2³⁰. */
  dropoutSeed: readonly [number, number]
}

export interface TrainingStep {
  run(request: StepRequest): Promise<void>
  dispose(): void
}

/**
 * The training step of a phase: forward to the exits with a weight, backward, clipping, AdamW, running statistics, sums of the
 * epoch; for each entry of the loss cycle and each size of batch one TensorFlow function. Nothing is read back.
 */
export function createTrainingStep({ network, phase, training }: StepOptions): TrainingStep {
  const plans = planSteps(network, phase)
  const functions = plans.map((plan, entry) =>
    traced(`training-step-${entry}`, (inputs: TensorRecord, state: StateScope) => {
      trainOn(inputs, state, { network, phase, training, plan })
      return {}
    }),
  )
  return {
    async run({ state, step, batch, learningRate, dropoutSeed }) {
      const entry = step % plans.length
      const others = {
        ...tensorsOf({ targets: batch.targets }),
        dropoutSeed: tf.tensor1d([...dropoutSeed], 'int32'),
        ...adamScalars(plans[entry]!, training, { step, learningRate }),
      }
      await withInputs(batch, others, (inputs) => functions[entry]!.run(inputs, state))
    },
    dispose: () => functions.forEach((each) => each.dispose()),
  }
}

interface StepBody extends StepOptions {
  plan: StepPlan
}

function trainOn(inputs: TensorRecord, state: StateScope, { network, phase, training, plan }: StepBody): void {
  const { images, targets, dropoutSeed, ...scalars } = inputs as {
    images: Tensor
    targets: Tensor
    dropoutSeed: Tensor
  }
  const context = trainingContext(state, phase, dropoutSeed)
  const exits = plan.exits.map(({ exit }) => exit)
  const gradientsOf = tf.grads(() => {
    const { total, sums } = exitLosses(network.forward(context, images, { exits }), targets, plan.exits)
    state.assign(runningSums, tf.add(state.value(runningSums), sums))
    return total
  })
  // Only what leads from these to the loss is differentiated: a frozen front costs its forward pass.
  const gradients = gradientsOf(plan.parameters.map(({ name }) => state.value(name)))
  const clipped = clipByGlobalNorm(gradients, clipNormOf(training, network.spec))
  adamUpdate(state, plan, { gradients: clipped, scalars, training })
}

function trainingContext(state: StateScope, phase: PhaseSpec, dropoutSeed: Tensor): ForwardContext {
  const trains = new Set(phase.trains)
  return {
    value: (name) => state.value(name),
    training: (name) => trains.has(partOf(name)),
    updateBuffer: (name, value) => state.assign(name, value),
    dropoutSeed,
  }
}
