import type { Tensor } from './tfjs.ts'

/**
 * Named float32 arrays that outlive a step and change in place: parameters, running statistics, optimiser moments.
 * They live in TensorFlow's resource variables.
 */
export interface State {
  readonly names: readonly string[]
  /** A copy of the values, after the running function has ended. */
  read(name: string): Promise<Float32Array>
  shape(name: string): readonly number[]
  /** Replaces the values. Not while a function that uses this state is running. */
  write(name: string, values: Float32Array): void
  dispose(): void
}

/** State as a function body sees it. */
export interface StateScope {
  /** The value at the start of the call; the same tensor each time. */
  value(name: string): Tensor
  /** Gives `name` a new value, from the end of the call on. */
  assign(name: string, value: Tensor): void
  /** One AdamW update of `parameter` and its moments, at the end of the call. */
  adam(names: AdamNames, gradient: Tensor, options: AdamInputs): void
}

export interface AdamNames {
  parameter: string
  firstMoment: string
  secondMoment: string
}

/**
 * AdamW as PyTorch computes it (Loshchilov and Hutter 2019, algorithm 2): p ← p·(1 − lr·weightDecay);
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − lr/c₁ · m / (√v/√c₂ + ε).
 */
export interface AdamInputs {
  /** Scalars that change from step to step, hence tensors. `adamBiasCorrections` gives the corrections. */
  learningRate: Tensor
  biasCorrection1: Tensor
  biasCorrection2: Tensor
  beta1: number
  beta2: number
  epsilon: number
  weightDecay: number
}

/**
 * c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ at step t = 1, 2, …, from β as float32 holds it: the moments are averaged with
 * 1 − fround(0.999) = 0.00099998713, and only the matching correction leaves no bias.
 */
export function adamBiasCorrections(step: number, beta1: number, beta2: number): { first: number; second: number } {
  return { first: 1 - Math.fround(beta1) ** step, second: 1 - Math.fround(beta2) ** step }
}

/** A state as the engine itself sees it. */
export interface OpenState extends State {
  /** Equal for states that a traced function can be shared by. */
  signature: string
  /** Id of the resource handle, for a traced function. */
  handle(name: string): number
}
