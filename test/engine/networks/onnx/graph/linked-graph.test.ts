import { expect, it } from 'vitest'
import { linkedGraph } from '../../../../../src/engine/networks/onnx/graph/linked-graph.ts'

it('the type of a value follows from the node that gives it', () => {
  const given = { shapes: Array.from({ length: 7 }, () => [-1, 4]), modules: [''], arrays: [], constants: [] }
  const node = (operator: string, inputs: number[], output: number, settings?: Record<string, string>) => ({
    ...{ operator, inputs, outputs: [output], module: 0 },
    ...(settings && { settings }),
  })
  const { values } = linkedGraph({
    ...{ format: 1, output: 6, inputs: [{ name: 'images', value: 0, type: 'float32' }], ...given },
    nodes: [
      node('Cast', [0], 1, { to: 'int32' }),
      node('CastLike', [0, 1], 2, { to: 'int32' }),
      node('Greater', [0, 1], 3),
      node('Where', [3, 1, 2], 4),
      node('CastLike', [4, 3], 5, { to: 'bool' }),
      node('Add', [-1, 0], 6),
    ],
  })
  expect(values.map(({ type }) => type)).toEqual(['float32', 'int32', 'int32', 'bool', 'int32', 'bool', 'float32'])
})

it('ids, masks and places that are counted by them are known not to be negative', () => {
  const node = (operator: string, inputs: number[], output: number) => ({
    ...{ operator, inputs, outputs: [output], module: 0 },
  })
  const constant = (value: number, number: number) => ({ value, type: 'int32' as const, data: [number] })
  const { values } = linkedGraph({
    ...{ format: 1, output: 6, arrays: [], modules: [''], inputs: [{ name: 'input_ids', value: 0, type: 'int32' }] },
    shapes: [[-1, 4], [1], [-1, 4], [-1, 4], [-1, 4], [1], [-1, 4]],
    constants: [constant(1, 1), constant(5, -1)],
    nodes: [node('Equal', [0, 1], 2), node('CumSum', [2, 1], 3), node('Add', [3, 1], 4), node('Add', [4, 5], 6)],
  })
  const known = values.flatMap(({ isNonNegative, id }) => (isNonNegative ? [id] : []))
  expect(known).toEqual([0, 1, 2, 3, 4])
})
