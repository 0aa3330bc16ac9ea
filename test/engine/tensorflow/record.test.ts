import { describe, expect, test } from 'vitest'
import type { Recording, StateScope, TensorRecord } from '../../../src/engine/tf.ts'
import { conv2d, recordFunction, tf } from '../../../src/engine/tf.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

const state = { slope: { shape: [2], values: Float32Array.of(2, 3) } }
const inputs = { x: { shape: [4, 2], dtype: 'float32' } } as const

function record(body: (inputs: TensorRecord, state: StateScope) => TensorRecord): Recording {
  return recordFunction(body, { inputs, state })
}

describe('a recording', () => {
  test('has the operations that depend on an input, in order, and computes the others', () => {
    const recording = record(({ x }, scope) => ({
      y: tf.relu(tf.add(x!, tf.mul(scope.value('slope'), scope.value('slope')))),
    }))
    const [sum, relu] = recording.operations
    expect(recording.operations.map(({ name }) => name)).toEqual(['Add', 'Relu'])
    expect(sum!.inputs[0]).toBe(recording.inputs['x'])
    expect(recording.values.get(sum!.inputs[1]!)).toEqual({ shape: [2], values: Float32Array.of(4, 9) })
    expect(relu!.inputs).toEqual(sum!.outputs)
    expect(recording.outputs).toEqual({ y: relu!.outputs[0] })
  })

  test('has a convolution of single pixels as such, which TensorFlow computes as a product', () => {
    const image = { image: { shape: [2, 3, 3, 4], dtype: 'float32' } } as const
    const filter = { filter: { shape: [1, 1, 4, 5], values: new Float32Array(20) } }
    const { operations } = recordFunction(
      ({ image }, scope) => ({ y: conv2d(image!, scope.value('filter'), { stride: 1, padding: 0 }) }),
      { inputs: image, state: filter },
    )
    expect(operations.map(({ name }) => name)).toEqual(['Conv2D'])
  })

  test('knows the shapes of operations that it does not compute', () => {
    const recording = record(({ x }) => ({ y: tf.sum(x!, 1) }))
    expect(recording.values.get(recording.outputs['y']!)).toEqual({ shape: [4], values: null })
  })

  test('has an output that depends on no input as a constant', () => {
    const recording = record((_inputs, scope) => ({ y: tf.mul(scope.value('slope'), 10) }))
    expect(recording.operations).toEqual([])
    expect(recording.values.get(recording.outputs['y']!)!.values).toEqual(Float32Array.of(20, 30))
  })

  test('leaves no tensor behind', () => {
    const before = tensorFlow.liveHandles()
    record(({ x }, scope) => ({ y: tf.add(x!, tf.mul(scope.value('slope'), 2)) }))
    expect(tensorFlow.liveHandles()).toBe(before)
  })

  test('is refused where the function reads the value of an input, or changes its state', () => {
    expect(() => record(({ x }) => ({ y: tf.tensor(x!.dataSync()) }))).toThrow('reads a value')
    expect(() => record(({ x }, scope) => (scope.assign('slope', x!), {}))).toThrow('changes its state')
    expect(() => record((_inputs, scope) => ({ y: scope.value('other') }))).toThrow('no array other')
  })
})
