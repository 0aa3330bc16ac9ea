import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  numbersOf,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
} from '../../src/shared/onnx-file/model.ts'
import { readOnnx } from '../../src/shared/onnx-file/read-model.ts'
import { describeNetwork, type DescribeOptions } from '../../src/engine/networks/onnx/describe.ts'
import { fileArrays } from '../../src/engine/networks/onnx/reading/file-arrays.ts'
import { onnx } from '../../src/engine/networks/onnx/family.ts'
import { packGraph, unpackGraph } from '../../src/engine/networks/onnx/graph/stored-graph.ts'
import type { OnnxChoice, OnnxSpec } from '../../src/engine/networks/onnx/schema.ts'
import { fromDiskLayout } from '../../src/engine/layers/layout.ts'
import { createNetwork, initialise, type EngineArray } from '../../src/engine/networks/index.ts'
import type { SampleSpec } from '../../src/shared/network/network.ts'
import type { NetworkFile, NetworkReport } from '../../src/shared/network/network-file.ts'
import { tf, type Tensor, type TensorRecord } from '../../src/engine/tf.ts'
import { decodeSafetensors, type NamedArray } from '../../src/shared/safetensors/safetensors.ts'

const folder = new URL('../engine/networks/onnx/fixtures/', import.meta.url)

export const onnxFixtures = [
  'convolutional',
  'dense',
  'transformer',
  'convnext',
  'selective',
  'resized',
  'two-stems',
  'long-skip',
  'pooled',
  'text',
  'fused-text',
] as const
type Fixture = (typeof onnxFixtures)[number]

export const onnxPath = (name: Fixture): string => fileURLToPath(new URL(`${name}.onnx`, folder))

export const onnxModel = (name: Fixture): OnnxModel => readOnnx(readFileSync(onnxPath(name)), name)

/** The model with one of its nodes changed, or in place of which others stand. */
export const withNodes = (model: OnnxModel, change: (node: OnnxNode) => OnnxNode[]): OnnxModel => ({
  ...model,
  nodes: model.nodes.flatMap(change),
})

/** An attribute that has this value, with the type that onnx.proto gives to such. */
export const attribute = (value: Partial<OnnxAttribute>): OnnxAttribute => {
  const types = { float: 1, int: 2, text: 3, tensor: 4, isGraph: 5, floats: 6, ints: 7 } as const
  const [kind] = Object.keys(value) as (keyof typeof types)[]
  return { type: types[kind!], floats: [], ints: [], ...value }
}

export const nodeLike = (
  operator: string,
  inputs: string[],
  outputs: string[] = [],
  ints: Readonly<Record<string, number[] | number>> = {},
): OnnxNode => ({
  operator,
  name: '',
  inputs,
  outputs,
  attributes: Object.fromEntries(
    Object.entries(ints).map(([name, each]) => [
      name,
      attribute(typeof each === 'number' ? { int: each } : { ints: each }),
    ]),
  ),
  module: '',
})

/** The model with a node behind the last of these operators, which reads its output. */
export function withBehind(model: OnnxModel, operator: string, behind: OnnxNode): OnnxModel {
  const last = model.nodes.findLast((node) => node.operator === operator)!
  const [output] = last.outputs
  return withNodes(model, (node) => {
    if (node !== last) return [node]
    return [
      { ...node, outputs: ['before'] },
      { ...behind, inputs: ['before', ...behind.inputs], outputs: [output!] },
    ]
  })
}

/** The model with further arrays: of its state dict as `kind` says, else without a name there. */
export function withArrays(
  model: OnnxModel,
  arrays: Readonly<Record<string, { shape: number[]; values: readonly number[] }>>,
  kind?: 'buffers' | 'parameters',
): OnnxModel {
  const added = Object.entries(arrays).map(([name, { shape, values }]): [string, OnnxTensor] => [
    name,
    { name, type: 1, shape, bytes: new Uint8Array(Float32Array.from(values).buffer), listed: [] },
  ])
  const key = `exitlab.${kind}`
  const names = [...(JSON.parse(model.metadata[key] ?? '[]') as string[]), ...Object.keys(arrays)]
  return {
    ...model,
    initialisers: new Map([...model.initialisers, ...added]),
    metadata: kind ? { ...model.metadata, [key]: JSON.stringify(names) } : model.metadata,
  }
}

export const described = (model: OnnxModel, options: Partial<DescribeOptions> = {}) =>
  describeNetwork(model, { file: 'net.onnx', sha256: '', hash: (content) => hash('sha256', content), ...options })

/** The network of a file as an experiment names it that puts no exits on it. */
export const withoutExits: OnnxChoice = { family: 'onnx', file: '', start: 'file', exits: [] }

/** Samples as the network in a file takes them. */
export function samplesFor({ samples, classes }: NetworkFile): SampleSpec {
  if (samples.kind === 'text') return { ...samples, maxLength: samples.length, classes }
  const [height, width, channels] = samples.shape
  const normalisation = { mean: [0, 0, 0], std: [1, 1, 1] }
  return { kind: 'images', height, width, channels, pad: 0, classes, normalisation }
}

/** A report without the operators of each block and the values that lead past blocks, which its graph says as well. */
export const withoutParts = ({
  sites,
  skips: _,
  ...report
}: Omit<NetworkReport, 'skips'> & Partial<Pick<NetworkReport, 'skips'>>) => ({
  ...report,
  sites: sites.map(({ parts: __, ...site }) => site),
})

export function onnxSpec(model: OnnxModel, changes: Partial<OnnxSpec> = {}): OnnxSpec {
  const { file } = described(model)
  return { ...onnx.resolve(withoutExits, samplesFor(file), file), ...changes } as OnnxSpec
}

/** Without dropout, as the reference is. */
export function withoutDropout(spec: OnnxSpec): OnnxSpec {
  const graph = unpackGraph(spec.packed)
  const nodes = graph.nodes.map((node) =>
    node.settings && 'rate' in node.settings ? { ...node, settings: { ...node.settings, rate: 0 } } : node,
  )
  return { ...spec, packed: packGraph({ ...graph, nodes }) }
}

/** Inputs of a reference as networks take them; `prefix`: of their names. */
export const referenceInputs = (reference: Values, prefix = ''): TensorRecord =>
  Object.fromEntries(
    ['images', 'ids', 'mask', 'segments'].flatMap((name): [string, Tensor][] => {
      const array = reference[prefix + name]
      if (!array) return []
      const { values, shape } = array
      if (name !== 'images') return [[name, tf.tensor(values, [...shape], 'int32')]]
      return [[name, tf.transpose(tf.tensor(values, [...shape]), [0, 2, 3, 1])]]
    }),
  )

type Values = Readonly<Record<string, NamedArray>>

/** The network of a file without dropout, with the arrays of the file; those that it has not are initialised. */
export function networkOf(model: OnnxModel, changes: Partial<OnnxSpec> = {}) {
  const network = createNetwork(withoutDropout(onnxSpec(model, changes)))
  const { arrays: tensors } = fileArrays(model)
  const fresh = initialise({ parameters: network.parameters.filter(({ name }) => !tensors.has(name)) }, 1)
  const arrays = Object.fromEntries(
    network.parameters.map((parameter): [string, EngineArray] => {
      const tensor = tensors.get(parameter.name)
      if (!tensor) return [parameter.name, fresh[parameter.name]!]
      const stored = { shape: tensor.shape, values: numbersOf(tensor) as Float32Array }
      return [parameter.name, { shape: parameter.shape, values: fromDiskLayout(parameter, stored) }]
    }),
  )
  return { network, arrays }
}

/** A fixture as a network, and what PyTorch computes with it. */
export function onnxFixture(name: Fixture, changes: Partial<OnnxSpec> = {}) {
  const reference = decodeSafetensors(readFileSync(new URL(`${name}.safetensors`, folder)), name).arrays
  return { ...networkOf(onnxModel(name), changes), reference }
}
