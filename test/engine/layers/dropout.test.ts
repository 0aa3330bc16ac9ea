import { describe, expect, test } from 'vitest'
import { dropout } from '../../../src/engine/layers/dropout.ts'
import type { Layer } from '../../../src/engine/layers/layer.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { tf } from '../../../src/engine/tf.ts'
import { randomParameters, randomTensor, recordingContext } from '../../support/forward.ts'
import { randomInputs } from '../../support/inputs.ts'
import { smallBert, smallVit } from '../../support/networks.ts'
import '../../support/tensorflow.ts'

const shape = [50, 40]
const layer = dropout('blocks.0.mlp.fc1', { shape, rate: 0.25, owner: 'blocks.0.mlp.fc1.weight' })

/** Output of a layer on [1, …shape], as numbers. */
function outputOf(layer: Layer, options: { training: boolean; seed?: [number, number] }): Float32Array {
  return tf.tidy(() => {
    const dropoutSeed = options.seed && tf.tensor1d(options.seed, 'int32')
    const { context } = recordingContext({}, { training: () => options.training, dropoutSeed })
    return layer.apply(context, randomTensor([1, ...layer.outputShape], 1)).dataSync() as Float32Array
  })
}

describe('dropout', () => {
  const plain = outputOf(layer, { training: false })

  test('zeroes its share of the entries and scales the others up while its part trains', () => {
    const dropped = outputOf(layer, { training: true, seed: [1, 2] })
    const zeros = dropped.filter((value) => value === 0).length
    expect(Math.abs(zeros / dropped.length - 0.25)).toBeLessThan(0.05)
    dropped.forEach((value, i) => {
      if (value !== 0) expect(value).toBeCloseTo(plain[i]! / 0.75, 5)
    })
  })

  test('is the identity while its part is frozen, and needs no seed then', () => {
    const input = randomTensor([1, ...shape], 1)
    expect(plain).toEqual(input.dataSync())
  })

  test('drops the same entries for the same seed, others for another seed or another place', () => {
    const at = (name: string, seed: [number, number]) =>
      outputOf(dropout(name, { shape, rate: 0.25, owner: 'x' }), { training: true, seed })
    expect(at('a', [1, 2])).toEqual(at('a', [1, 2]))
    expect(at('a', [1, 3])).not.toEqual(at('a', [1, 2]))
    expect(at('b', [1, 2])).not.toEqual(at('a', [1, 2]))
  })

  test('reports the layer that has no seed in training', () => {
    expect(() => outputOf(layer, { training: true })).toThrow('blocks.0.mlp.fc1: dropout in training mode')
  })
})

const rates = { dropout: 0.2, attentionDropout: 0.2, exits: [] }

test.each([
  ['a ViT', smallVit(rates)],
  ['a BERT', smallBert(rates)],
])('%s with both rates trains: every parameter gets a gradient', (_, spec) => {
  const network = createNetwork(spec)
  const arrays = randomParameters(network, 1)
  tf.tidy(() => {
    const inputs = network.parameters.map(({ name }) => tf.tensor(arrays[name]!.values, [...arrays[name]!.shape]))
    const gradientsOf = tf.grads((...values: unknown[]) => {
      const value = (name: string) => values[network.parameters.findIndex((each) => each.name === name)] as never
      const dropoutSeed = tf.tensor1d([3, 4], 'int32')
      const { context } = recordingContext(arrays, { value, training: () => true, dropoutSeed })
      return tf.sum(tf.square(network.forward(context, randomInputs(spec, 2, 1))[0]!))
    })
    gradientsOf(inputs).forEach((gradient, i) => {
      expect(tf.max(tf.abs(gradient)).dataSync()[0], network.parameters[i]!.name).toBeGreaterThan(0)
    })
  })
})
