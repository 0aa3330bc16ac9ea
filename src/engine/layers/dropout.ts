import { dropout as drop, tf, type Tensor } from '../tf.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { ForwardContext, Layer } from './layer.ts'

interface DropoutOptions {
  shape: readonly number[]
  /** Share of the entries that become 0; the others are divided by 1 − rate. */
  rate: number
  /** A parameter of the part this dropout belongs to: it is active while that part trains. */
  owner: string
}

/** Dropout (Srivastava 2014); the identity in evaluation mode. */
export function dropout(name: string, { shape, rate, owner }: DropoutOptions): Layer {
  return {
    parameters: [],
    outputShape: shape,
    operations: [{ module: name, kind: 'dropout', sizes: {} }],
    apply: (context, input) =>
      rate > 0 && context.training(owner) ? drop(input, rate, dropoutSeed(context, name)) : input,
  }
}

/** The seed of the dropout called `name` in this step, int32 [2]: the step's own seed moved by a hash of the name. */
export function dropoutSeed(context: ForwardContext, name: string): Tensor {
  if (!context.dropoutSeed) {
    throw new ExitlabError('internal', `${name}: dropout in training mode needs a dropout seed`)
  }
  return tf.add(context.dropoutSeed, tf.tensor1d([hash(name, 0x811c9dc5), hash(name, 0x9e3779b9)], 'int32'))
}

/** FNV-1a from the given basis, cut to 30 bits so that adding it to a seed below 2³⁰ cannot overflow an int32. */
function hash(text: string, basis: number): number {
  let word = basis
  for (let i = 0; i < text.length; i++) word = Math.imul(word ^ text.charCodeAt(i), 0x01000193)
  return word >>> 2
}
