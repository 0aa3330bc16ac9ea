import '../../support/tensorflow.ts'
import { describe, expect, test } from 'vitest'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { networkModels } from '../../../src/engine/onnx-export/network-models.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { randomParameters } from '../../support/forward.ts'
import { readModel } from '../../support/onnx-model.ts'
import { segmentCases } from '../../support/segment-cases.ts'

function modelsOf(spec: NetworkSpec) {
  const network = createNetwork(spec)
  return [...networkModels(network, randomParameters(network, 1))].map((model) => ({
    ...model,
    read: readModel(model.bytes),
  }))
}

describe.each(Object.entries(segmentCases))('the ONNX models of %s', (_name, spec) => {
  const models = modelsOf(spec)
  const segments = models.slice(0, -1)

  test('are one for each exit, and one with all exits', () => {
    const exits = [...spec.exits.keys(), spec.exits.length]
    expect(models.map(({ name }) => name)).toEqual([...exits.map((exit) => `segment-${exit}`), 'all-exits'])
    expect(models.map((model) => model.exits)).toEqual([...exits.map((exit) => [exit]), exits])
    expect(models.at(-1)!.outputs.map(({ name }) => name)).toEqual(exits.map((exit) => `logits.${exit}`))
  })

  test('compute every value once, from inputs, constants and values before it', () => {
    for (const { read } of models) {
      const known = new Set([...read.inputs, ...read.constants].map(({ name }) => name))
      for (const { inputs, outputs } of read.nodes) {
        expect(inputs.filter((name) => !known.has(name))).toEqual([])
        expect(outputs.filter((name) => known.has(name))).toEqual([])
        for (const name of outputs) known.add(name)
      }
      expect(read.outputs.filter(({ name }) => !known.has(name))).toEqual([])
    }
  })

  test('take values that the inputs and earlier segments have, with the same types and shapes', () => {
    const given = new Map(models.at(-1)!.read.inputs.map((port) => [port.name, port]))
    for (const { read } of segments) {
      for (const port of read.inputs) expect(port).toEqual(given.get(port.name))
      for (const port of read.outputs) given.set(port.name, port)
    }
  })

  test('take any number of samples, and say for which version of ONNX they are', () => {
    for (const { read } of models) {
      expect([...read.inputs, ...read.outputs].map(({ shape }) => shape[0])).toEqual(
        [...read.inputs, ...read.outputs].map(() => 'batch'),
      )
      expect(read).toMatchObject({ opset: 17, irVersion: 8 })
    }
  })

  test('have constants that fill their shapes', () => {
    const width = new Map([...Object.entries({ 1: 4, 6: 4, 7: 8, 9: 1 })])
    for (const { type, shape, bytes } of models.flatMap(({ read }) => read.constants)) {
      expect(bytes.length).toBe(shape.reduce((size, length) => size * length, width.get(String(type))!))
    }
  })
})

test('images are bytes as the data set has them, channels first', () => {
  const [first] = modelsOf(segmentCases['a ResNet'])
  expect(first!.read.inputs).toEqual([{ name: 'images', type: 2, shape: ['batch', 1, 12, 12] }])
})

test('maps stay channels-first from convolution to convolution, whose filters have batch norm in them', () => {
  const { nodes } = modelsOf(segmentCases['a ResNet']).at(-1)!.read
  expect(nodes.map(({ type }) => type)).not.toContain('Transpose')
  expect(nodes.map(({ type }) => type)).not.toContain('BatchNormalization')
  expect(nodes.filter(({ type }) => type === 'Conv').map(({ inputs }) => inputs.length)).toEqual(Array(10).fill(3))
})

test('a segment outputs what later segments read, and nothing else', () => {
  const outputs = modelsOf(segmentCases['a BERT with GPF heads']).map((model) => model.outputs.map(({ name }) => name))
  expect(outputs.slice(0, -1)).toEqual([
    ['logits.0', 'blocks.0.tokens', 'blocks.0.mask', 'heads.0.state'],
    ['logits.1', 'blocks.1.tokens', 'blocks.1.mask', 'heads.1.state'],
    ['logits.2', 'blocks.3.tokens'],
    ['logits.3'],
  ])
})
