import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { numbersOf, type OnnxModel, type OnnxNode } from '../../src/main/onnx-file/model.ts'
import { readOnnx } from '../../src/main/onnx-file/read-model.ts'
import { describeNetwork, type DescribeOptions } from '../../src/main/engine/networks/onnx/describe.ts'
import { fileArrays } from '../../src/main/engine/networks/onnx/file-arrays.ts'
import { packGraph, unpackGraph } from '../../src/main/engine/networks/onnx/packed-graph.ts'
import type { OnnxSpec } from '../../src/main/engine/networks/onnx/schema.ts'
import { fromDiskLayout } from '../../src/main/engine/layers/layout.ts'
import { createNetwork, initialise, type EngineArray } from '../../src/main/engine/networks/index.ts'
import { decodeSafetensors } from '../../src/shared/safetensors.ts'

const folder = new URL('../engine/networks/onnx/fixtures/', import.meta.url)

export const onnxFixtures = ['convolutional', 'dense', 'transformer', 'convnext', 'selective'] as const
type Fixture = (typeof onnxFixtures)[number]

export const onnxPath = (name: Fixture): string => fileURLToPath(new URL(`${name}.onnx`, folder))

export const onnxModel = (name: Fixture): OnnxModel => readOnnx(readFileSync(onnxPath(name)), name)

/** The model with one of its nodes changed, or in place of which others stand. */
export const withNodes = (model: OnnxModel, change: (node: OnnxNode) => OnnxNode[]): OnnxModel => ({
  ...model,
  nodes: model.nodes.flatMap(change),
})

export const described = (model: OnnxModel, options: Partial<DescribeOptions> = {}) =>
  describeNetwork(model, { file: 'net.onnx', sha256: '', hash: (text) => hash('sha256', text), ...options })

export function onnxSpec(model: OnnxModel, changes: Partial<OnnxSpec> = {}): OnnxSpec {
  const { graph, packed, title, feature, sites, inputShape, classes } = described(model).file
  return {
    family: 'onnx',
    graph,
    packed,
    title,
    feature,
    sites,
    inputShape: [...inputShape],
    pad: 0,
    head: feature.endsWith('token') ? '1L' : 'pooled',
    classes,
    exits: [],
    normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
    ...changes,
  }
}

/** Without dropout, as the reference is. */
export function withoutDropout(spec: OnnxSpec): OnnxSpec {
  const graph = unpackGraph(spec.packed)
  const nodes = graph.nodes.map((node) =>
    node.settings && 'rate' in node.settings ? { ...node, settings: { ...node.settings, rate: 0 } } : node,
  )
  return { ...spec, packed: packGraph({ ...graph, nodes }) }
}

type Values = Record<string, { shape: number[]; values: Float32Array }>

/** A fixture as a network with the arrays of its file, and what PyTorch computes with it. */
export function onnxFixture(name: Fixture, changes: Partial<OnnxSpec> = {}) {
  const model = onnxModel(name)
  const network = createNetwork(withoutDropout(onnxSpec(model, changes)))
  const { arrays: tensors } = fileArrays(model)
  const fresh = initialise(network, 1)
  const arrays = Object.fromEntries(
    network.parameters.map((parameter): [string, EngineArray] => {
      const tensor = tensors.get(parameter.name)
      if (!tensor) return [parameter.name, fresh[parameter.name]!]
      const stored = { shape: tensor.shape, values: numbersOf(tensor) as Float32Array }
      return [parameter.name, { shape: parameter.shape, values: fromDiskLayout(parameter, stored) }]
    }),
  )
  const reference = decodeSafetensors(readFileSync(new URL(`${name}.safetensors`, folder)), name).arrays as Values
  return { network, arrays, reference }
}
