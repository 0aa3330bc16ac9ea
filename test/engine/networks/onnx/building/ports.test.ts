import { describe, expect, it } from 'vitest'
import { build } from '../../../../../src/engine/networks/onnx/build.ts'
import { packGraph, type StoredGraph } from '../../../../../src/engine/networks/onnx/graph/stored-graph.ts'
import type { OnnxSpec } from '../../../../../src/engine/networks/onnx/schema.ts'
import { tf, type Tensor } from '../../../../../src/engine/tf.ts'
import '../../../../support/tensorflow.ts'

const [images, rows, tokens, first, a, second, b, both, third, c, mean, last, logits] = Array(13).keys()
const node = (
  operator: string,
  inputs: unknown[],
  output: unknown,
  settings?: StoredGraph['nodes'][number]['settings'],
) => ({
  ...{ operator, inputs: inputs as number[], outputs: [output as number], module: 0 },
  ...(settings && { settings }),
})

/** Tokens of which the second block hands on those before it and its own, and the next node reads both, one behind the other. */
const graph: StoredGraph = {
  format: 1,
  inputs: [{ name: 'images', value: images!, type: 'float32' }],
  output: logits!,
  shapes: [
    ...[
      [-1, 2, 3, 3],
      [-1, 2, 9],
      [-1, 9, 2],
      [2, 4],
      [-1, 9, 4],
      [4, 3],
      [-1, 9, 3],
    ],
    ...[
      [-1, 9, 7],
      [7, 3],
      [-1, 9, 3],
      [-1, 3],
      [3, 2],
      [-1, 2],
    ],
  ],
  modules: ['layers'],
  nodes: [
    node('Reshape', [images], rows),
    node('Transpose', [rows], tokens, { order: [0, 2, 1] }),
    node('MatMul', [tokens, first], a),
    node('MatMul', [a, second], b),
    node('Concat', [a, b], both, { axis: 2 }),
    node('MatMul', [both, third], c),
    node('ReduceMean', [c], mean, { axes: [1], keep: 0 }),
    node('Gemm', [mean, last], logits, { transposed: 0 }),
  ],
  arrays: [first, second, third, last].map((value) => ({ name: `array.${value}`, value: value!, kind: 'parameter' })),
  constants: [],
}

const context = {
  value: (name: string) => {
    const shape = graph.shapes[Number(name.split('.')[1])]!
    return tf.reshape(tf.range(0, shape[0]! * shape[1]!), shape)
  },
  training: () => false,
  updateBuffer: () => {},
}

describe('behind tokens that are handed on apart, heads read', () => {
  /** What the second block hands on. */
  function handedOn(feature: OnnxSpec['feature']): Record<string, Tensor> {
    const sites = [2, 3].map((after) => ({ module: 'layers', after, shape: [] }))
    const spec = { packed: packGraph(graph), sites, feature, classes: 2 } as unknown as OnnxSpec
    const { stem, blocks } = build(spec)
    const given = { images: tf.reshape(tf.range(0, 36), [2, 3, 3, 2]) }
    const before = blocks[0]!.apply(context, stem.apply(context, given))
    return blocks[1]!.apply(context, before)
  }

  it('their concatenation', () => {
    const { tokens: read, [`value.${a}`]: own, [`value.${b}`]: other } = handedOn('first token')
    expect(read!.shape).toEqual([2, 9, 7])
    expect(Array.from(read!.dataSync())).toEqual(Array.from(tf.concat([own!, other!], 2).dataSync()))
  })

  it('the mean of it', () => {
    const { tokens: read, [`value.${a}`]: own, [`value.${b}`]: other } = handedOn('mean token')
    expect(Array.from(read!.dataSync())).toEqual(Array.from(tf.mean(tf.concat([own!, other!], 2), 1).dataSync()))
  })
})
