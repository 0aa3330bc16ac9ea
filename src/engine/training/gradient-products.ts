import type { ForwardContext } from '../layers/layer.ts'
import type { Objective } from '../../shared/methods/objective.ts'
import type { Exit, Network } from '../networks/network.ts'
import { lossesOfExits } from './exit-losses.ts'
import { taskOf } from '../tasks/index.ts'
import type { State, StateScope, Tensor, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import type { TrainingBatch } from './batch.ts'
import { tensorsOf, withInputs } from './batch.ts'
import { trainingMode } from './step-plan.ts'

export interface ProductsOptions {
  network: Network
  /** Exits in the loss, in depth order. */
  exits: readonly number[]
  /** Parameter groups of the backbone by which the losses are differentiated. */
  groups: readonly string[]
  /** Parameter groups in training mode. */
  trains: readonly string[]
  /** As in the forward pass of a step. */
  equilibrium: boolean
  /** The deepest exit up to which the loss that heads have of their own is differentiated; null: it does not count. */
  headLossUpTo: number | null
  /** Of the phase, for losses between exits; the weights of the losses play no part. */
  objective?: Objective | undefined
}

export interface ProductsRequest {
  /** Holds the network's arrays, which are not changed, running statistics included. */
  state: State
  batch: TrainingBatch
  /** Two integers below 2³⁰. */
  dropoutSeed: readonly [number, number]
}

/**
 * Inner products of the gradients of the exits' losses: [groups, exits, exits], ⟨∂Lᵢ/∂θ, ∂Lⱼ/∂θ⟩ over the parameters θ of each
 * group, where Lᵢ is the mean loss of exit i over the batch. 0 where an exit does not depend on a group. The loss that heads have of
 * their own, where it counts, stands behind the exits as one more.
 */
export interface GradientProducts {
  of(request: ProductsRequest): Promise<Float32Array>
  dispose(): void
}

/** All gradients of a batch in one TensorFlow function: one forward pass, and a backward pass for each exit. */
export function createGradientProducts(options: ProductsOptions): GradientProducts {
  const { exits, headLossUpTo } = options
  const losses = headLossUpTo === null ? exits : [...exits, headLossUpTo]
  const reached = losses.map((exit) => options.network.exits[exit]!)
  const products = traced('gradient-products', (inputs: TensorRecord, state: StateScope) => {
    const values = measuredValues(options, state)
    const products = onOneTape(values[0]!.arrays[0]!.value, (gradientsOf) => {
      const losses = exitLosses(options, inputs, state)
      return productsOf(values, losses, { reached, gradientsOf })
    })
    return { products }
  })
  return {
    of({ state, batch, dropoutSeed }) {
      const others = {
        ...tensorsOf({ targets: batch.targets }),
        dropoutSeed: tf.tensor1d([...dropoutSeed], 'int32'),
      }
      return withInputs(batch, others, async (inputs) => {
        const outputs = await products.run(inputs, state)
        const values = await outputs.products!.data<'float32'>()
        tf.dispose(outputs)
        return values
      })
    },
    dispose: () => products.dispose(),
  }
}

/** The parameters of a group. */
interface GroupValues {
  name: string
  arrays: { name: string; value: Tensor }[]
}

function measuredValues({ network, groups }: ProductsOptions, state: StateScope): GroupValues[] {
  return groups.map((name) => {
    const own = network.parameters.filter(({ group, kind }) => kind === 'parameter' && group === name)
    return { name, arrays: own.map((array) => ({ name: array.name, value: state.value(array.name) })) }
  })
}

/** Mean loss of each exit, then that of the heads. */
function exitLosses(
  { network, exits, trains, equilibrium, headLossUpTo, objective }: ProductsOptions,
  inputs: TensorRecord,
  state: StateScope,
): Tensor[] {
  const { targets, dropoutSeed } = inputs as { targets: Tensor; dropoutSeed: Tensor }
  const context: ForwardContext = {
    value: (name) => state.value(name),
    training: trainingMode(network, trains),
    updateBuffer: () => {},
    dropoutSeed,
  }
  const headLosses: Tensor[] = []
  const onHeadLoss = (losses: Tensor) => headLosses.push(tf.mean(losses))
  const options = { exits, equilibrium, ...(headLossUpTo !== null && { onHeadLoss }) }
  const outputs = network.forward(context, inputs, options)
  const { trained } = lossesOfExits({ task: taskOf(network.spec), targets, objective, exits, outputs })
  return [...trained.map((losses) => tf.mean(losses)), ...headLosses]
}

interface Differentiation {
  /** Parameters on which each exit depends. */
  reached: readonly Pick<Exit, 'reaches' | 'parameters'>[]
  gradientsOf: GradientsOf
}

function productsOf(
  groups: readonly GroupValues[],
  losses: readonly Tensor[],
  { reached, gradientsOf }: Differentiation,
): Tensor {
  const rows = new Map<string, Tensor[]>(groups.map(({ name }) => [name, []]))
  losses.forEach((loss, index) => {
    const { reaches, parameters } = reached[index]!
    const own = groups.filter(({ name }) => reaches.includes(name))
    const leading = own.flatMap(({ arrays }) => arrays).filter(({ name }) => parameters.has(name))
    const values = leading.map(({ value }) => value)
    const gradients = new Map(gradientsOf(loss, values).map((gradient, at) => [leading[at]!.name, gradient]))
    for (const group of own) {
      const ofGroup = group.arrays.map(({ name, value }) => gradients.get(name) ?? tf.zerosLike(value))
      rows.get(group.name)!.push(flat(ofGroup))
    }
  })
  const reaching = (group: string) => reached.map(({ reaches }) => reaches.includes(group))
  return tf.stack(groups.map(({ name }) => productsOfRows(rows.get(name)!, reaching(name))))
}

/** [1, parameters] */
function flat(tensors: readonly Tensor[]): Tensor {
  return tf.reshape(tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]))), [1, -1])
}

/** [losses, losses]. What one exit depends on, all deeper ones do: losses that do not depend on a group are the first ones, or the last one. */
function productsOfRows(rows: readonly Tensor[], reaching: readonly boolean[]): Tensor {
  const count = reaching.length
  if (rows.length === 0) return tf.zeros([count, count])
  const matrix = tf.concat([...rows])
  const missing: [number, number] = [reaching.indexOf(true), count - 1 - reaching.lastIndexOf(true)]
  return tf.pad(tf.matMul(matrix, matrix, false, true), [missing, missing])
}

/** Gradients of a scalar by each of the parameters, on all of which it depends. */
type GradientsOf = (scalar: Tensor, parameters: readonly Tensor[]) => Tensor[]

/**
 * Runs `body` with a function that differentiates scalars which it has computed, one after the other, through the same forward pass.
 * tfjs drops its tape once a gradient is taken, unless another gradient is being taken: here that of `anchor`, any tensor.
 */
export function onOneTape(anchor: Tensor, body: (gradientsOf: GradientsOf) => Tensor): Tensor {
  let kept: Tensor | undefined
  tf.grad((x) => {
    kept = tf.keep(body((scalar, parameters) => tf.grads(() => scalar)([...parameters])))
    return tf.sum(x)
  })(anchor).dispose()
  const result = kept!.clone()
  kept!.dispose()
  return result
}
