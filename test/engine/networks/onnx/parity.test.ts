import { expect, test } from 'vitest'
import type { OnnxNode, OnnxTensor } from '../../../../src/shared/onnx-file/model.ts'
import { toDiskLayout } from '../../../../src/engine/layers/layout.ts'
import { firstStep, trainedBriefly } from '../../../support/brief-training.ts'
import { gradientsOf } from '../../../support/gradients.ts'
import {
  attribute,
  networkOf,
  nodeLike,
  onnxFixture,
  onnxFixtures,
  onnxModel,
  referenceInputs,
  withNodes,
} from '../../../support/onnx-fixtures.ts'
import '../../../support/tensorflow.ts'

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, each) => Math.max(most, Math.abs(each)), 0)
const difference = (a: Float32Array, b: ArrayLike<number>) =>
  largest(a.map((value, index) => value - b[index]!)) / largest(b)

test.each(onnxFixtures)(
  '%s: logits to 1e-5, gradients to 1e-4 and running statistics equal PyTorch’s',
  async (name) => {
    for (const mode of ['evaluation', 'training'] as const) {
      const { network, arrays, reference } = onnxFixture(name)
      const found = await gradientsOf(network, arrays, { inputs: referenceInputs(reference), mode })
      const { logits, ...others } = found
      expect(difference(logits!, reference[`${mode}.logits`]!.values), mode).toBeLessThan(1e-5)
      const [all, own] = [Object.keys(others).filter((key) => key.startsWith('gradient.')), Object.keys(reference)]
      expect(all.map((key) => `${mode}.${key}`).sort()).toEqual(
        own.filter((key) => key.startsWith(`${mode}.gradient`)).sort(),
      )
      const scale = Math.max(...all.map((key) => largest(reference[`${mode}.${key}`]!.values)))
      for (const key of all) {
        const gap = found[key]!.map((value, index) => value - reference[`${mode}.${key}`]!.values[index]!)
        expect(largest(gap) / scale, `${mode} ${key}`).toBeLessThan(1e-4)
      }
      for (const key of Object.keys(others).filter((each) => each.startsWith('after.'))) {
        expect(difference(found[key]!, reference[key]!.values), key).toBeLessThan(1e-5)
      }
    }
  },
)

test.each([
  ['two-stems', [0, 1]],
  ['long-skip', [0, 1]],
  ['pooled', [0]],
] as const)('%s: a step of AdamW is that of PyTorch’s gradients, and its exits are trained', async (name, exits) => {
  const { network, arrays, reference } = onnxFixture(name, { exits: [...exits] })
  const start = Object.fromEntries(
    network.parameters
      .filter((each) => each.name in arrays && !each.group.startsWith('heads'))
      .map((each) => [each.name, toDiskLayout(each, arrays[each.name]!.values)]),
  )
  const { images } = referenceInputs(reference)
  const inputs = {
    images: { values: (await images!.data()) as Float32Array, shape: images!.shape, dtype: 'float32' as const },
  }
  images!.dispose()
  const values = Float32Array.from({ length: 4 * 5 }, (_, at) => Number(at % 6 === 0))
  const batch = { inputs, targets: { values, shape: [4, 5], dtype: 'float32' as const }, size: 4 }
  const given = { spec: network.spec, batch }
  const stepped = await trainedBriefly(['mixed', 0], start, { ...given, steps: 1 })
  const gradients = Object.keys(reference).filter((key) => key.startsWith('training.gradient.'))
  expect(gradients).not.toEqual([])
  for (const key of gradients) {
    const own = key.replace('training.gradient.', '')
    const expected = firstStep(start[own]!.values, reference[key]!.values as Float32Array)
    expect(difference(stepped[own]!.values, expected), own).toBeLessThan(1e-4)
  }
  await trainedBriefly(['joint', 0], start, { ...given, steps: 2 })
})

test('an array that a block reads several times has the sum of their gradients', async () => {
  const [name, other] = ['1.1.layers.0.bias', '1.1.layers.2.bias']
  const model = onnxModel('convolutional')
  const tied = withNodes(model, (node) => [
    { ...node, inputs: node.inputs.map((each) => (each === other ? name : each)) },
  ])
  const { network, arrays, reference } = onnxFixture('convolutional')
  const of = (which: typeof network, values: typeof arrays) =>
    gradientsOf(which, values, { inputs: referenceInputs(reference), mode: 'evaluation' })
  const apart = await of(network, { ...arrays, [other]: arrays[name]! })
  const together = await of(networkOf(tied).network, arrays)
  const sum = apart[`gradient.${name}`]!.map((value, index) => value + apart[`gradient.${other}`]![index]!)
  expect(difference(together['logits']!, apart['logits']!)).toBeLessThan(1e-6)
  expect(difference(together[`gradient.${name}`]!, sum)).toBeLessThan(1e-5)
})

test('places of tokens that are counted by a running sum, and segments looked up at them, give the same logits and gradients', async () => {
  const model = onnxModel('text')
  const number = (name: string, value: number): [string, OnnxTensor] => [
    name,
    { name, type: 7, shape: [], bytes: null, listed: [value] },
  ]
  const node = (operator: string, inputs: string[], output: string): OnnxNode => ({
    operator,
    name: '',
    inputs,
    outputs: [output],
    attributes: {},
    module: 'places',
  })
  const places = model.nodes.find(({ inputs }) => inputs[0] === 'places.weight')!
  const widened = model.nodes.find(({ inputs }) => inputs[0] === places.outputs[0])!
  const counted = withNodes(model, (each) => {
    if (each === places) return []
    if (each !== widened) return [each]
    const sum = [node('CumSum', ['mask', 'axis'], 'sums'), node('Sub', ['sums', 'ones'], 'counted')]
    const look = {
      ...node('GatherElements', ['rows', 'mask'], 'ones'),
      attributes: { axis: attribute({ int: 1 }) },
    }
    const rows = [node('Shape', ['mask'], 'sizes'), node('Expand', ['one', 'sizes'], 'rows')]
    return [...rows, look, ...sum, node('Gather', ['places.weight', 'counted'], widened.outputs[0]!)]
  })
  const initialisers = new Map([...model.initialisers, number('axis', 1), number('one', 1)])
  const { reference, arrays } = onnxFixture('text')
  const { network } = networkOf({ ...counted, initialisers })
  const { logits, ...found } = await gradientsOf(network, arrays, {
    inputs: referenceInputs(reference),
    mode: 'training',
  })
  expect(difference(logits!, reference['training.logits']!.values)).toBeLessThan(1e-5)
  const [key, other] = ['gradient.places.weight', 'gradient.layers.0.fc1.weight']
  for (const each of [key!, other!])
    expect(difference(found[each]!, reference[`training.${each}`]!.values), each).toBeLessThan(1e-4)
})

test('a global pool over a sequence is the one over its map', async () => {
  const model = onnxModel('convolutional')
  const shape: OnnxTensor = { name: 'places', type: 7, shape: [3], bytes: null, listed: [0, 12, -1] }
  const sequence = withNodes(
    { ...model, initialisers: new Map([...model.initialisers, ['places', shape]]) },
    (node): OnnxNode[] => {
      if (node.operator !== 'GlobalAveragePool') return [node]
      const { inputs, module } = node
      const cut = { ...nodeLike('Reshape', [...inputs, 'places'], ['sequence']), module }
      return [cut, { ...node, inputs: ['sequence'] }]
    },
  )
  const { network, arrays, reference } = onnxFixture('convolutional')
  const of = (which: typeof network) =>
    gradientsOf(which, arrays, { inputs: referenceInputs(reference), mode: 'evaluation' })
  const [map, flat] = [await of(network), await of(networkOf(sequence).network)]
  for (const [name, values] of Object.entries(map)) expect(difference(flat[name]!, values), name).toBeLessThan(1e-5)
})
