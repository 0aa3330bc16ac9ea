import { expect, it } from 'vitest'
import { linkedGraph } from '../../../../../src/engine/networks/onnx/graph/linked-graph.ts'
import { kindOf } from '../../../../../src/engine/networks/onnx/sites/features.ts'

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
