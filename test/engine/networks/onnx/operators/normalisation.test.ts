import { expect, it } from 'vitest'
import { tf } from '../../../../../src/engine/tf.ts'
import { expectClose } from '../../../../support/arrays.ts'
import { attribute, nodeLike } from '../../../../support/onnx-fixtures.ts'
import { operatorOf } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

const vector = (...known: number[]) => ({ shape: [known.length], known })
const withFloat = (operator: string, name: string, float: number) => ({
  ...nodeLike(operator, []),
  attributes: { [name]: attribute({ float }) },
})

it('instances are normalised over all places of a channel, then scaled and shifted', () => {
  const node = withFloat('InstanceNormalization', 'epsilon', 0)
  const normal = operatorOf(node, [1, 2, 2], [vector(1, 2), vector(0, 10)])
  // Each channel has two numbers, which are one deviation from their mean.
  expectClose(normal(tf.tensor([1, 3, -4, 6], [1, 2, 2])).dataSync(), [-1, 1, 8, 12], 1e-5)
  const map = operatorOf(node, [1, 1, 2, 2], [vector(1), vector(0)])(tf.tensor([1, 1, 3, 3], [1, 1, 2, 2]))
  expectClose(map.dataSync(), [-1, -1, 1, 1], 1e-5)
  expect(() => operatorOf(node, [1, 2, 2], [vector(1, 2), vector(0)])).toThrow('one number a channel')
  expect(() => operatorOf(node, [1, 2, 2], [vector(1, 2)])).toThrow('one number a channel')
})

it('layers are normalised over the last axis, with an offset or without', () => {
  const node = { ...withFloat('LayerNormalization', 'epsilon', 0) }
  const x = tf.tensor([1, 3, -4, 6], [2, 2])
  expectClose(operatorOf(node, [2, 2], [vector(1, 2), vector(0, 10)])(x).dataSync(), [-1, 12, -1, 12], 1e-5)
  expectClose(operatorOf(node, [2, 2], [vector(1, 2)])(x).dataSync(), [-1, 2, -1, 2], 1e-5)
  const wide = nodeLike('LayerNormalization', [], [], { axis: 1 })
  expect(() => operatorOf(wide, [2, 2, 2], [vector(1, 2)])).toThrow('over several axes')
  expect(() => operatorOf(wide, [2, 2], [vector(1, 2)])).not.toThrow()
  expect(() => operatorOf(node, [2, 2], [vector(1, 2), vector(1)])).toThrow('one number a feature')
})

it('what is added to a variance is not below 0, and is 10⁻⁵ where nothing is said', () => {
  for (const operator of ['LayerNormalization', 'InstanceNormalization']) {
    const given = [vector(1, 1), vector(0, 0)]
    expect(() => operatorOf(withFloat(operator, 'epsilon', -1), [1, 2, 2], given)).toThrow(
      'its attribute epsilon is -1',
    )
  }
  // A variance of 10⁻⁵ is doubled: √½.
  const step = Math.sqrt(1e-5)
  const y = operatorOf(nodeLike('LayerNormalization', []), [1, 2], [vector(1, 1)])(tf.tensor([-step, step], [1, 2]))
  expectClose(y.dataSync(), [-Math.SQRT1_2, Math.SQRT1_2], 1e-4)
})

it('batches are normalised by running statistics of the network, with a momentum within 0 and 1', () => {
  const arrays = ['scale', 'offset', 'mean', 'variance'].map((array) => ({ shape: [2], array }))
  const by = (float: number) => () => operatorOf(withFloat('BatchNormalization', 'momentum', float), [1, 2, 3], arrays)
  expect(by(0)).not.toThrow()
  expect(by(0.9)).not.toThrow()
  for (const wrong of [-0.1, 1.1]) expect(by(wrong)).toThrow(`its attribute momentum is ${wrong}`)
  const node = nodeLike('BatchNormalization', [])
  for (const shape of [[1, 2], [1, 2, 3], [1, 2, 3, 3]]) expect(() => operatorOf(node, shape, arrays)).not.toThrow() // prettier-ignore
  for (const shape of [[2], [1, 2, 3, 3, 3]]) expect(() => operatorOf(node, shape, arrays)).toThrow('maps, sequences and vectors') // prettier-ignore
  const constant = { shape: [2], known: [1, 1] }
  for (const at of [2, 3]) expect(() => operatorOf(node, [1, 2], arrays.with(at, constant as never))).toThrow('no arrays of the network') // prettier-ignore
  expect(() => operatorOf(node, [1, 3], arrays)).toThrow('one number a channel')
})
