import { describe, expect, test } from 'vitest'
import { attention } from '../../../src/engine/layers/attention.ts'
import type { Layer } from '../../../src/engine/layers/layer.ts'
import type { Tensor } from '../../../src/engine/tf.ts'
import { tf } from '../../../src/engine/tf.ts'
import { expectClose } from '../../support/arrays.ts'
import { randomTensor, recordingContext } from '../../support/forward.ts'
import type { TensorFunction } from '../../support/slopes.ts'
import { expectSlope } from '../../support/slopes.ts'
import '../../support/tensorflow.ts'

const [batch, tokens, features] = [2, 5, 8]
const create = (rate: number) => attention('attn', { shape: [tokens, features], headCount: 2, dropout: rate })
type Apply = 'apply' | 'applyToFirst'

/** The layer as a function of its input and its parameters, with one seed throughout. */
const functionOf =
  (layer: Layer, apply: Apply = 'apply', training = true): TensorFunction =>
  (input, ...parameters) => {
    const value = (name: string) => parameters[layer.parameters.findIndex((each) => each.name === name)]!
    const dropoutSeed = tf.tensor1d([1, 2], 'int32')
    const { context } = recordingContext({}, { value, training: () => training, dropoutSeed })
    return layer[apply]!(context, input!)
  }

/** Half a deviation wide, so that softmax is not all for one token. */
const inputsOf = (layer: Layer): Tensor[] =>
  [[batch, tokens, features], ...layer.parameters.map(({ shape }) => [...shape])].map((shape, i) =>
    tf.mul(randomTensor(shape, i + 1), 0.5),
  )

/** Output and gradients of a sum of it with unequal weights. */
function valuesOf(run: TensorFunction, layer: Layer): number[][] {
  return tf.tidy(() => {
    const inputs = inputsOf(layer)
    const output = run(...inputs)
    const gradients = tf.grads(run)(inputs, randomTensor(output.shape, 9))
    return [output, ...gradients].map((tensor) => [...tensor.dataSync()])
  })
}

function expectEqual(actual: number[][], expected: number[][]): void {
  expected.forEach((values, i) => expectClose(actual[i]!, values, 1e-5))
}

test('masked tokens are not attended to: the output equals that of the other tokens alone', () => {
  tf.tidy(() => {
    const layer = create(0)
    const [input, ...parameters] = inputsOf(layer)
    const value = (name: string) => parameters[layer.parameters.findIndex((each) => each.name === name)]!
    const { context } = recordingContext({}, { value })
    const mask = tf.tensor([0, 0, 0, -1e9, -1e9], [1, 1, 1, tokens])
    const masked = layer.attend(context, input!, { queries: 'all', mask })
    const others = (x: Tensor) => tf.slice(x, [0, 0, 0], [-1, 3, -1])
    expectClose(others(masked).dataSync(), [...layer.apply(context, others(input!)).dataSync()], 1e-6)
    const of = (x: Tensor) => tf.sum(others(layer.attend(context, x, { queries: 'all', mask })))
    const gradient = tf.grad(of)(input!)
    expect(tf.max(tf.abs(tf.slice(gradient, [0, 3, 0], [-1, -1, -1]))).dataSync()[0]).toBe(0)
  })
})

describe.each<Apply>(['apply', 'applyToFirst'])('dropout of attention weights, %s,', (apply) => {
  const layer = create(0.4)
  const dropped = functionOf(layer, apply)

  test('changes along a direction as its gradient predicts', () => {
    tf.tidy(() => {
      const inputs = inputsOf(layer)
      expectSlope(dropped, inputs, randomTensor(dropped(...inputs).shape, 9))
    })
  })

  test('has the output and gradients of the kernel where dropout drops nothing', () => {
    expectEqual(valuesOf(functionOf(create(1e-12), apply), layer), valuesOf(functionOf(create(0), apply), layer))
  })

  test('drops entries in training only', () => {
    const kernel = valuesOf(functionOf(create(0), apply), layer)
    expect(valuesOf(dropped, layer)).not.toEqual(kernel)
    expect(valuesOf(functionOf(layer, apply, false), layer)).toEqual(kernel)
  })
})

test('attention of the first token alone is the first of all', () => {
  const layer = create(0)
  const all = functionOf(layer)
  const firstOfAll: TensorFunction = (...inputs) => tf.slice(all(...inputs), [0, 0, 0], [-1, 1, -1])
  expectEqual(valuesOf(functionOf(layer, 'applyToFirst'), layer), valuesOf(firstOfAll, layer))
})
