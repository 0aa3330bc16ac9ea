import type { PhaseSpec } from '../../../shared/phase.ts'
import type { TrainingSpec } from '../../../shared/training.ts'
import type { ForwardContext } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import { partOf } from '../networks/parts.ts'
import type { Task } from '../tasks/index.ts'
import { taskOf } from '../tasks/index.ts'
import type { State, StateScope, Tensor, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import { adamScalars, adamUpdate, clipByGlobalNorm, clipNormOf } from './optimiser.ts'
import type { TrainingBatch } from './batch.ts'
import { tensorsOf, withInputs } from './batch.ts'
import type { StepPlan, WeightedExit } from './step-plan.ts'
import { planSteps } from './step-plan.ts'
import { sumsName } from './epoch-sums.ts'

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
    const outputs = network.forward(context, images, { exits })
    const { total, sums } = exitLosses(taskOf(network.spec), { outputs, targets, exits: plan.exits })
    state.assign(sumsName, tf.add(state.value(sumsName), sums))
    return total
  })
  // Only what leads from these to the loss is differentiated: a frozen front costs its forward pass.
  const gradients = gradientsOf(plan.parameters.map(({ name }) => state.value(name)))
  const clipped = clipByGlobalNorm(gradients, clipNormOf(training, network.spec))
  adamUpdate(state, plan, { gradients: clipped, scalars, training })
}

interface Outputs {
  /** Of each exit; null for one that does not run. */
  outputs: readonly (Tensor | null)[]
  targets: Tensor
  exits: readonly WeightedExit[]
}

/** total: Σ weight · mean loss of the exit, which is differentiated. sums: what the batch adds to the sums of the epoch, [sums of the task, exits]. */
function exitLosses(task: Task, { outputs, targets, exits }: Outputs): { total: Tensor; sums: Tensor } {
  const add = task.adding(targets)
  const zero = tf.scalar(0)
  const rows: Tensor[][] = task.sums.map(() => outputs.map(() => zero))
  const terms = exits.map(({ exit, weight }) => {
    const added = add(outputs[exit]!, task.lossOf(outputs[exit]!, targets))
    added.forEach((sum, row) => (rows[row]![exit] = sum))
    return tf.mul(added[0]!, weight / targets.shape[0]!)
  })
  return { total: tf.addN(terms), sums: tf.stack(rows.map((row) => tf.stack(row))) }
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
