import { deflateSync, inflateSync } from 'fflate'
import type { NetworkFile } from '../../../../shared/network-file.ts'
import { decodeSafetensors, encodeSafetensors, type NamedArray } from '../../../../shared/safetensors.ts'
import { numbersOf } from '../../../onnx-file/model.ts'
import { finite } from '../float32.ts'
import type { FileArrays } from './file-arrays.ts'
import type { Graph } from './graph.ts'
import { normArrays } from './norm-arrays.ts'

/**
 * The buffers that nothing trains or measures, such as masks and tables of positions: what they are in the file, they are in every
 * network of it. `own`: which of them are told otherwise.
 */
export function fixedBuffers(
  graph: Graph,
  file: FileArrays,
  { own, hash }: { own: Readonly<Record<string, number>>; hash: (content: Uint8Array) => string },
): Pick<NetworkFile, 'buffers'> {
  const { statistics } = normArrays(graph)
  const isFixed = ({ name, value, kind }: Graph['arrays'][number]) =>
    kind === 'buffer' && !statistics.has(value) && !(name in own)
  const fixed = graph.arrays.filter(isFixed)
  if (fixed.length === 0) return {}
  const bytes = encodeSafetensors(Object.fromEntries(fixed.map(({ name }) => [name, arrayOf(name, file)])))
  return { buffers: { sha256: hash(bytes), packed: Buffer.from(deflateSync(bytes)).toString('base64') } }
}

type FloatArray = NamedArray & { values: Float32Array }

/** The values of fixed buffers, by name. @throws ExitlabError `checkpoint-damaged` where they are damaged. */
export function unpackBuffers({ packed }: NonNullable<NetworkFile['buffers']>): ReadonlyMap<string, FloatArray> {
  const { arrays } = decodeSafetensors(inflateSync(Buffer.from(packed, 'base64')), 'buffers of the network')
  return new Map(Object.entries(arrays as Record<string, FloatArray>))
}

function arrayOf(name: string, { arrays }: FileArrays): FloatArray {
  const tensor = arrays.get(name)!
  return { shape: tensor.shape, values: Float32Array.from(numbersOf(tensor)!, finite) }
}
