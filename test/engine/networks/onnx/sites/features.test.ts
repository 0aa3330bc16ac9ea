import { expect, it } from 'vitest'
import { linkedGraph } from '../../../../../src/engine/networks/onnx/graph/linked-graph.ts'
import type { GraphValue } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { featureShape, headsBehind, kindOf } from '../../../../../src/engine/networks/onnx/sites/features.ts'

it('no exits sit behind convolutions over a sequence, whose channels come before its places', () => {
  const { values } = linkedGraph({
    ...{ format: 1, inputs: [], output: 2, arrays: [], constants: [], modules: [''] },
    shapes: [
      [-1, 8, 12],
      [6, 8, 3],
      [-1, 6, 10],
      [-1, 10, 6],
    ],
    nodes: [
      { operator: 'Conv', inputs: [0, 1], outputs: [2], module: 0 },
      { operator: 'Transpose', inputs: [2], outputs: [3], module: 0, settings: { order: [0, 2, 1] } },
    ],
  })
  expect([kindOf(values[2]!), kindOf(values[3]!)]).toEqual([null, 'tokens'])
})

it('heads take maps with their channels last, wherever these were, and tokens as they are', () => {
  const value = (sizes: number[], channelAxis?: number) =>
    ({ id: 0, sizes, shape: sizes.map(Math.abs), type: 'float32', channelAxis }) as GraphValue
  const [map, last, tokens] = [value([-1, 8, 5, 6], 1), value([-1, 5, 6, 8], 3), value([-1, 7, 8], 2)]
  expect([map, last, tokens].map(kindOf)).toEqual(['map', 'map-last', 'tokens'])
  expect([map, last, tokens].map(headsBehind)).toEqual(['map', 'map', 'tokens'])
  expect([map, last, tokens].map(featureShape)).toEqual([[5, 6, 8], [5, 6, 8], [7, 8]]) // prettier-ignore
  expect([value([-1, 8]), value([-1, 8, 5], 1), value([-1, 2, 8, 5, 6])].map(headsBehind)).toEqual([null, null, null])
})
