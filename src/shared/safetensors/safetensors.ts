import { ExitlabError } from '../basics/error.ts'
import { elementCount, indexSafetensors, readHeader, readMetadata } from './safetensors-index.ts'

/** A named array in a safetensors file: row-major values of the given shape. */
export interface NamedArray {
  shape: readonly number[]
  values: Float32Array | Int32Array
}

interface SafetensorsFile {
  /** By name, without prototype: any name is only a name. */
  arrays: Record<string, NamedArray>
  metadata: Record<string, string>
}

/** Types of arrays that we write. */
export type ArrayType = 'F32' | 'I32'

/** Start of a safetensors file, and where its arrays, which lie behind it in the order given, begin. */
export interface SafetensorsStart {
  header: Uint8Array
  positions: Record<string, number>
  /** Of the whole file. */
  size: number
}

/** Start of a safetensors file: header length (u64), then a JSON header padded with spaces to a multiple of 8 bytes. */
export function startSafetensors(
  arrays: Readonly<Record<string, { dtype: ArrayType; shape: readonly number[] }>>,
  metadata: Readonly<Record<string, string>> = {},
): SafetensorsStart {
  const described: Record<string, unknown> = Object.create(null)
  if (Object.keys(metadata).length > 0) described.__metadata__ = metadata
  const offsets: [string, number][] = []
  let offset = 0
  for (const [name, { dtype, shape }] of Object.entries(arrays)) {
    if (name === '__metadata__') throw new ExitlabError('internal', 'safetensors: no array can be called __metadata__')
    offsets.push([name, offset])
    described[name] = { dtype, shape, data_offsets: [offset, (offset += 4 * elementCount(shape))] }
  }
  const text = new TextEncoder().encode(JSON.stringify(described))
  const length = Math.ceil(text.length / 8) * 8
  const header = new Uint8Array(8 + length).fill(0x20)
  header.set(text, 8)
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true)
  const positions = Object.fromEntries(offsets.map(([name, start]) => [name, header.length + start]))
  return { header, positions, size: header.length + offset }
}

/** Encodes arrays as a safetensors file, their values in the record's order, little-endian. */
export function encodeSafetensors(
  arrays: Readonly<Record<string, NamedArray>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const described = Object.entries(arrays).map(([name, array]) => [name, describe(name, array)] as const)
  const { header, positions, size } = startSafetensors(Object.fromEntries(described), metadata)
  const file = new Uint8Array(size)
  file.set(header)
  for (const [name, { values }] of Object.entries(arrays)) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), positions[name]!)
  }
  return file
}

function describe(name: string, { shape, values }: NamedArray): { dtype: ArrayType; shape: readonly number[] } {
  if (elementCount(shape) === values.length) return { dtype: values instanceof Float32Array ? 'F32' : 'I32', shape }
  throw new ExitlabError(
    'internal',
    `safetensors: ${name}: ${values.length} values cannot be stored as [${shape.join(', ')}]`,
  )
}

/**
 * Decodes a safetensors file; the arrays are copies. `file` names it in errors. Throws `checkpoint-damaged`, saying what is wrong,
 * on anything but a well-formed file of float32 and int32 arrays that fill its data exactly, without overlap.
 */
export function decodeSafetensors(bytes: Uint8Array, file = 'safetensors file'): SafetensorsFile {
  const damaged = damagedFile(file)
  const { entries, metadata } = indexSafetensors(bytes, damaged)
  const arrays: Record<string, NamedArray> = Object.create(null)
  for (const { name, dtype, shape, start, end } of entries) {
    if (dtype !== 'F32' && dtype !== 'I32')
      throw damaged(`array “${name}”: expected dtype F32 or I32, got ${JSON.stringify(dtype)}`)
    // Not bytes.slice: Node's Buffer only pretends to copy there.
    const { buffer } = new Uint8Array(bytes.subarray(start, end))
    arrays[name] = { shape, values: dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer) }
  }
  return { arrays, metadata }
}

const damagedFile = (file: string) => (problem: string) => new ExitlabError('checkpoint-damaged', `${file}: ${problem}`)

/** Header of a safetensors file; `bytes` may contain the header only. Throws `checkpoint-damaged` if it is invalid. */
export function decodeMetadata(bytes: Uint8Array, file = 'safetensors file'): Record<string, string> {
  const damaged = damagedFile(file)
  return readMetadata(readHeader(bytes, damaged).header.__metadata__, damaged)
}
