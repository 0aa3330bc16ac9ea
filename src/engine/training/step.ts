import type { PhaseSpec } from '../../shared/phases/phase.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'
import type { ForwardContext } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import { countsHeadLoss, exitWeightsOf, isBalanced } from '../objectives/exit-weights.ts'
import type { Task } from '../tasks/index.ts'
import { taskOf } from '../tasks/index.ts'
import type { State, StateScope, Tensor, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import { type Optimiser, optimisers } from '../optimisers/index.ts'
import type { ExitOutputs } from '../losses/index.ts'
import { lossesOfExits } from './exit-losses.ts'
import { clipByGlobalNorm, clipNormOf } from './clipping.ts'
import type { TrainingBatch } from './batch.ts'
import { tensorsOf, withInputs } from './batch.ts'
import type { StepPlan } from './step-plan.ts'
import { planSteps, trainingMode } from './step-plan.ts'
import { sumsName } from './epoch-sums.ts'
import { noteNotFinite } from './first-not-finite.ts'

const loaded = new Map(
  await Promise.all(optimisers.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

export interface StepOptions {
  network: Network
  phase: PhaseSpec
  training: TrainingSpec
}

/** One step of a phase. */
interface StepRequest {
  /** From `createTrainingState`; changed in place. */
  state: State
  /** Step of the phase, from 0: decides the entry of the loss cycle and what an optimiser takes from it. */
  step: number
  /** Of the phase, from 1: decides the weights of the exits' losses. */
  epoch: number
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
 * The training step of a phase: forward to the exits that run, backward, clipping, update of the parameters, running statistics, sums of the
 * epoch; for each entry of the loss cycle and each size of batch one TensorFlow function. Nothing is read back.
 */
export function createTrainingStep({ network, phase, training }: StepOptions): TrainingStep {
  const plans = planSteps(network, phase, training)
  const optimiser = loaded.get(training.optimiser)!
  const weightsOf = exitWeightsOf({ network, phase })
  const functions = plans.map((plan, entry) =>
    traced(
      `training-step-${entry}`,
      (inputs: TensorRecord, state: StateScope) => {
        trainOn(inputs, state, { network, phase, training, plan, optimiser })
        return {}
      },
      training.precision,
    ),
  )
  return {
    async run({ state, step, epoch, batch, learningRate, dropoutSeed }) {
      const entry = step % plans.length
      const others = {
        ...tensorsOf({ targets: batch.targets }),
        dropoutSeed: tf.tensor1d([...dropoutSeed], 'int32'),
        exitWeights: tf.tensor1d(weightsOf(entry, epoch).map((weight) => weight / batch.size)),
        ...tf.tidy(() => optimiser.scalars(plans[entry]!.parameters, training, { step, learningRate })),
      }
      await withInputs(batch, others, (inputs) => functions[entry]!.run(inputs, state))
    },
    dispose: () => functions.forEach((each) => each.dispose()),
  }
}

interface StepBody extends StepOptions {
  plan: StepPlan
  optimiser: Optimiser
}

function trainOn(inputs: TensorRecord, state: StateScope, body: StepBody): void {
  const { network, phase, training, plan, optimiser } = body
  const context: ForwardContext = {
    value: (name) => state.value(name),
    training: trainingMode(network, phase.trains),
    updateBuffer: (name, value) => state.assign(name, value),
    dropoutSeed: inputs.dropoutSeed!,
  }
  const gradientsOf = tf.grads(() => {
    const headLosses: Tensor[] = []
    const onHeadLoss = (losses: Tensor) => headLosses.push(tf.mean(losses))
    const options = { exits: plan.exits, ...(countsHeadLoss(phase) && { onHeadLoss }) }
    const outputs = network.forward(context, inputs, { ...options, equilibrium: isBalanced(phase) })
    const { objective } = phase
    const { terms, sums, losses } = weightedLosses(taskOf(network.spec), {
      outputs,
      inputs,
      exits: plan.exits,
      objective,
    })
    state.assign(sumsName, tf.add(state.value(sumsName), sums))
    noteNotFinite(state, objective, losses)
    return tf.addN([...terms, ...headLosses])
  })
  // Only what leads from these to the loss is differentiated: a frozen front costs its forward pass.
  const gradients = gradientsOf(plan.parameters.map(({ name }) => state.value(name)))
  const clipped = clipByGlobalNorm(gradients, clipNormOf(training, network.spec))
  optimiser.update(state, { parameters: plan.parameters, gradients: clipped, scalars: inputs, training })
}

interface Outputs extends ExitOutputs {
  objective: PhaseSpec['objective']
  /** targets; exitWeights: [exits], the weight of each exit's loss divided by the size of the batch. */
  inputs: TensorRecord
}

/** terms: weight · mean loss of each exit, whose sum is differentiated. sums: what the batch adds to the sums of the epoch, [sums of the task, exits]. */
function weightedLosses(task: Task, { outputs, inputs, exits, objective }: Outputs) {
  const targets = inputs.targets!
  const weights = tf.unstack(inputs.exitWeights!)
  const sumsOf = task.batchSums(targets)
  const zero = tf.scalar(0)
  const rows: Tensor[][] = task.sums.map(() => outputs.map(() => zero))
  const losses = lossesOfExits({ task, targets, objective, exits, outputs })
  const { own, trained } = losses
  const terms = exits.map((exit, index) => {
    const sums = sumsOf(outputs[exit]!, own[index]!)
    sums.forEach((sum, row) => (rows[row]![exit] = sum))
    return tf.mul(trained[index] === own[index] ? sums[0]! : tf.sum(trained[index]!), weights[exit]!)
  })
  return { terms, sums: tf.stack(rows.map((row) => tf.stack(row))), losses }
}
