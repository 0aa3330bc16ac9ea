import { ExitlabError } from './error.ts'
import { isJsonObject } from './json.ts'

/** A named array in a safetensors file: row-major values of the given shape. */
export interface NamedArray {
  shape: readonly number[]
  values: Float32Array | Int32Array
}

export interface SafetensorsFile {
  /** By name, without prototype: any name is only a name. */
  arrays: Record<string, NamedArray>
  metadata: Record<string, string>
}

/** Largest header that is read, that of more than 100,000 arrays. One of 100 MB, as the reference implementation takes, fills 2 GB of memory. */
const headerLimit = 20_000_000

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

/** Location of an array in a safetensors file. */
export interface SafetensorsEntry {
  name: string
  /** As the file has it: `F32`. */
  dtype: string
  shape: readonly number[]
  /** Positions in the file. */
  start: number
  end: number
}

/**
 * The arrays of a safetensors file, of any type; throws what `damaged` makes of what is wrong, unless they fill its data exactly,
 * without overlap, and those of known types are as long as their shapes say. `bytes` may be its start with the header, where `size`
 * is that of the file.
 */
export function indexSafetensors(
  bytes: Uint8Array,
  damaged: (problem: string) => Error,
  size = bytes.length,
): { entries: SafetensorsEntry[]; metadata: Record<string, string> } {
  const { header, dataStart } = readHeader(bytes, damaged)
  const dataBytes = size - dataStart
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => ({
      name,
      ...readEntry(value, (problem) => damaged(`array “${name}”: ${problem}`), dataBytes),
    }))
  checkSpans(entries, dataBytes, damaged)
  const placed = entries.map(({ start, end, ...entry }) => ({
    ...entry,
    start: dataStart + start,
    end: dataStart + end,
  }))
  return { entries: placed, metadata: readMetadata(header.__metadata__, damaged) }
}

const damagedFile = (file: string) => (problem: string) => new ExitlabError('checkpoint-damaged', `${file}: ${problem}`)

/** Header of a safetensors file; `bytes` may contain the header only. Throws `checkpoint-damaged` if it is invalid. */
export function decodeMetadata(bytes: Uint8Array, file = 'safetensors file'): Record<string, string> {
  const damaged = damagedFile(file)
  return readMetadata(readHeader(bytes, damaged).header.__metadata__, damaged)
}

type Damaged = (problem: string) => Error

function readHeader(bytes: Uint8Array, damaged: Damaged): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < 8) throw damaged(`expected at least 8 bytes, got ${bytes.length}`)
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length > headerLimit) throw damaged(`its header claims ${length} bytes; expected at most ${headerLimit}`)
  if (8 + length > bytes.length)
    throw damaged(`its header is truncated: expected ${8 + length} bytes, got ${bytes.length}`)
  const header = parse(bytes.subarray(8, 8 + length), damaged)
  if (!isJsonObject(header)) throw damaged('its header is not a JSON object')
  return { header, dataStart: 8 + length }
}

function parse(text: Uint8Array, damaged: Damaged): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch (error) {
    throw damaged(`its header is not JSON (${(error as Error).message})`)
  }
}

/** Bytes of a number of each type; those of others are as long as they say. */
const typeBytes: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
}

function readEntry(value: unknown, damaged: Damaged, dataBytes: number): Omit<SafetensorsEntry, 'name'> {
  if (!isJsonObject(value)) throw damaged('its description is not an object')
  const { dtype, shape, data_offsets: offsets } = value
  if (typeof dtype !== 'string') throw damaged(`its dtype is no name: ${JSON.stringify(dtype)}`)
  if (!isSizes(shape)) throw damaged(`its shape is not a list of sizes: ${JSON.stringify(shape)}`)
  if (!isSizes(offsets) || offsets.length !== 2)
    throw damaged(`its offsets are not two positions: ${JSON.stringify(offsets)}`)
  const [start, end] = offsets as [number, number]
  if (start > end || end > dataBytes)
    throw damaged(`bytes ${start} to ${end} lie outside the ${dataBytes} bytes of data`)
  const bytes = typeBytes[dtype]
  const expected = bytes === undefined ? end - start : elementCount(shape) * bytes
  if (end - start !== expected)
    throw damaged(`shape [${shape.join(', ')}] takes ${expected} bytes, it has ${end - start}`)
  return { dtype, shape, start, end }
}

function checkSpans(spans: readonly SafetensorsEntry[], dataBytes: number, damaged: Damaged): void {
  let covered = 0
  for (const { name, start, end } of spans.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < covered) throw damaged(`array “${name}” overlaps the one before it`)
    if (start > covered) throw damaged(`bytes ${covered} to ${start} of the data belong to no array`)
    covered = end
  }
  if (covered !== dataBytes) throw damaged(`its arrays take ${covered} bytes, but it has ${dataBytes}`)
}

function readMetadata(value: unknown, damaged: Damaged): Record<string, string> {
  if (value === undefined) return {}
  if (!isJsonObject(value) || Object.values(value).some((each) => typeof each !== 'string')) {
    throw damaged('its metadata is not a record of strings')
  }
  return value as Record<string, string>
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}

/** Infinite if it is not a safe integer, so that an absurd shape cannot match a byte count. */
function elementCount(shape: readonly number[]): number {
  const count = shape.reduce((product, size) => product * size, 1)
  return Number.isSafeInteger(count) ? count : Infinity
}
