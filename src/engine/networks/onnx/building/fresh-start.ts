import { deflateSync, inflateSync } from 'fflate'
import type { NetworkFile } from '../../../../shared/network/network-file.ts'
import { decodeSafetensors, encodeSafetensors, type NamedArray } from '../../../../shared/safetensors/safetensors.ts'
import { numbersOf, type OnnxTensor } from '../../../../shared/onnx-file/model.ts'
import { fanInUniform, normal, ones, zeros, type Initialiser } from '../../../layers/initialisers.ts'
import { finite } from '../../float32.ts'
import { arraysOf, type ArrayValue, type Graph, type GraphValue, type Node } from '../graph/graph.ts'
import { sizeOf } from '../graph/shapes.ts'
import type { FileArrays } from '../reading/file-arrays.ts'
import { normArrays } from './norm-arrays.ts'

/**
 * What a network that starts fresh has of its file all the same: the number of arrays that have one alone, such as scales of 1, as
 * PyTorch's module has given it to them, and all other buffers that nothing trains or measures, such as masks and tables of positions.
 */
export function keptOfFile(
  graph: Graph,
  { arrays: file }: FileArrays,
  hash: (content: Uint8Array) => string,
): Pick<NetworkFile, 'fresh' | 'buffers'> {
  const arrays = arraysOf(graph).map((value) => ({ ...value, tensor: file.get(value.array)! }))
  const [constant, others] = [true, false].map((wanted) => arrays.filter(({ tensor }) => isConstant(tensor) === wanted))
  const { statistics } = normArrays(graph)
  const fixed = others!.filter(({ id, kind }) => kind === 'buffer' && !statistics.has(graph.values[id]))
  const fresh = Object.fromEntries(constant!.map(({ array, tensor }) => [array, numbersOf(tensor)![0]!]))
  if (fixed.length === 0) return { fresh }
  const bytes = encodeSafetensors(Object.fromEntries(fixed.map(({ array, tensor }) => [array, floatsOf(tensor)])))
  return { fresh, buffers: { sha256: hash(bytes), packed: Buffer.from(deflateSync(bytes)).toString('base64') } }
}

function isConstant(tensor: OnnxTensor): boolean {
  const values = numbersOf(tensor)!
  for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return false
  return values.length > 0 && Number.isFinite(values[0])
}

type FloatArray = NamedArray & { values: Float32Array }

const floatsOf = (tensor: OnnxTensor): FloatArray => ({
  shape: tensor.shape,
  values: Float32Array.from(numbersOf(tensor)!, finite),
})

/** The values of fixed buffers, by name. @throws ExitlabError `checkpoint-damaged` where they are damaged. */
export function unpackBuffers({ packed }: NonNullable<NetworkFile['buffers']>): ReadonlyMap<string, FloatArray> {
  const { arrays } = decodeSafetensors(inflateSync(Buffer.from(packed, 'base64')), 'buffers of the network')
  return new Map(Object.entries(arrays as Record<string, FloatArray>))
}

/** Deviation of position tables and tokens, as transformers have it. */
const tableDeviation = 0.02

/**
 * How the arrays of a graph are initialised: products and convolutions as PyTorch does by default, scales of normalisations with 1,
 * arrays that had one value in the file (`fresh`) with that value, anything else N(0, 0.02²).
 */
export function initialisers(
  { nodes }: Graph,
  fresh: Readonly<Record<string, number>> = {},
): (value: ArrayValue) => Initialiser {
  const byValue = new Map(nodes.flatMap(ofNode))
  return (value) => {
    const constant = fresh[value.array]
    if (constant !== undefined) return (length) => new Float32Array(length).fill(constant)
    return byValue.get(value) ?? normal(tableDeviation)
  }
}

function ofNode({ operator, inputs, settings }: Node): [value: GraphValue | undefined, Initialiser][] {
  const [, weight, bias, mean, variance] = inputs
  if (operator === 'Conv' || operator === 'Linear' || operator === 'Gemm') {
    const isTransposed = operator !== 'Gemm' || settings!['transposed'] === 1
    const { shape } = weight!
    const init = fanInUniform(isTransposed ? sizeOf(shape.slice(1)) : shape[0]!)
    return [[weight, init], [bias, init]] // prettier-ignore
  }
  if (operator === 'MatMul' && weight!.shape.length === 2) return [[weight, fanInUniform(weight!.shape[0]!)]]
  if (!operator.endsWith('Normalization')) return []
  return [[weight, ones], [bias, zeros], [mean, zeros], [variance, ones]] // prettier-ignore
}
