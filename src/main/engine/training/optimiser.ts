import type { NetworkSpec } from '../../../shared/network.ts'
import type { TrainingSpec } from '../../../shared/training.ts'
import { familyOf } from '../networks/families.ts'
import type { StateScope, Tensor, TensorRecord } from '../tf.ts'
import { adamBiasCorrections, globalNorm, tf } from '../tf.ts'
import type { SteppedParameter, StepPlan } from './step-plan.ts'
import { stepsTaken } from './step-plan.ts'

/** The norm above which this network's gradients are scaled down; `auto` is its family's default (method 4.2). */
export function clipNormOf({ clipNorm }: TrainingSpec, network: NetworkSpec): number | null {
  return clipNorm === 'auto' ? familyOf(network).defaults.clipNorm : clipNorm
}

/**
 * Scales gradients so that their norm, taken over all of them together, is at most `limit`:
 * g ← g·min(1, limit/(‖g‖ + 10⁻⁶)), as PyTorch's clip_grad_norm_ does (Pascanu 2013).
 */
export function clipByGlobalNorm(gradients: readonly Tensor[], limit: number | null): readonly Tensor[] {
  if (limit === null) return gradients
  const scale = tf.minimum(tf.div(limit, tf.add(globalNorm([...gradients]), 1e-6)), 1)
  return gradients.map((gradient) => tf.mul(gradient, scale))
}

/** Names of a parameter's moments, as PyTorch's optimiser calls them. */
export const momentNames = (parameter: string) => ({
  firstMoment: `${parameter}.exp_avg`,
  secondMoment: `${parameter}.exp_avg_sq`,
})

/**
 * AdamW's scalars at a step of the phase (from 0): the learning rate, and for each group of parameters that are stepped
 * equally often the bias corrections of its own count of steps.
 */
export function adamScalars(
  plan: StepPlan,
  training: TrainingSpec,
  { step, learningRate }: { step: number; learningRate: number },
): TensorRecord {
  const scalars: TensorRecord = { learningRate: tf.scalar(learningRate) }
  for (const [group, cycle] of cyclesOf(plan)) {
    const { first, second } = adamBiasCorrections(stepsTaken(cycle, step), training.beta1, training.beta2)
    scalars[`${group}.first`] = tf.scalar(first)
    scalars[`${group}.second`] = tf.scalar(second)
  }
  return scalars
}

/** Updates the plan's parameters and their moments; `gradients` in the plan's order, `scalars` from `adamScalars`. */
export function adamUpdate(
  state: StateScope,
  plan: StepPlan,
  { gradients, scalars, training }: { gradients: readonly Tensor[]; scalars: TensorRecord; training: TrainingSpec },
): void {
  const { beta1, beta2, epsilon, weightDecay } = training
  plan.parameters.forEach((parameter, index) => {
    const group = groupOf(parameter)
    state.adam({ parameter: parameter.name, ...momentNames(parameter.name) }, gradients[index]!, {
      learningRate: scalars.learningRate!,
      biasCorrection1: scalars[`${group}.first`]!,
      biasCorrection2: scalars[`${group}.second`]!,
      beta1,
      beta2,
      epsilon,
      weightDecay,
    })
  })
}

/** Parameters of one group are stepped by the same entries of the loss cycle. */
const groupOf = ({ cycle }: SteppedParameter) => `steps.${cycle.map(Number).join('')}`

function cyclesOf(plan: StepPlan): Map<string, readonly boolean[]> {
  return new Map(plan.parameters.map((parameter) => [groupOf(parameter), parameter.cycle]))
}
