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

/** Largest header that is read, as in the reference implementation. */
const headerLimit = 100_000_000
const elementBytes = 4

/**
 * Encodes arrays as a safetensors file: header length (u64), JSON header padded with spaces to a multiple of 8 bytes, then the
 * values in the record's order, little-endian.
 */
export function encodeSafetensors(
  arrays: Readonly<Record<string, NamedArray>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header = encodeHeader(arrays, metadata)
  const dataBytes = Object.values(arrays).reduce((sum, { values }) => sum + values.byteLength, 0)
  const file = new Uint8Array(8 + header.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true)
  file.set(header, 8)
  let offset = 8 + header.length
  for (const { values } of Object.values(arrays)) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset)
    offset += values.byteLength
  }
  return file
}

function encodeHeader(
  arrays: Readonly<Record<string, NamedArray>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = Object.create(null)
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata
  let offset = 0
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    if (name === '__metadata__' || elementCount(shape) !== values.length) {
      throw new ExitlabError(
        'internal',
        `safetensors: ${name}: ${values.length} values cannot be stored as [${shape.join(', ')}]`,
      )
    }
    const dtype = values instanceof Float32Array ? 'F32' : 'I32'
    header[name] = { dtype, shape, data_offsets: [offset, (offset += values.byteLength)] }
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20)
  padded.set(text)
  return padded
}

/**
 * Decodes a safetensors file; the arrays are copies. `file` names it in errors. Throws `checkpoint-damaged`, saying what is wrong,
 * on anything but a well-formed file of float32 and int32 arrays that fill its data exactly, without overlap.
 */
export function decodeSafetensors(bytes: Uint8Array, file = 'safetensors file'): SafetensorsFile {
  const damaged = (problem: string) => new ExitlabError('checkpoint-damaged', `${file}: ${problem}`)
  const { header, dataStart } = readHeader(bytes, damaged)
  const dataBytes = bytes.length - dataStart
  const arrays: Record<string, NamedArray> = Object.create(null)
  const spans: Span[] = []
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const entry = readEntry(value, (problem) => damaged(`array “${name}”: ${problem}`), dataBytes)
    spans.push({ name, start: entry.start, end: entry.end })
    // Not bytes.slice: Node's Buffer only pretends to copy there.
    const copy = new Uint8Array(bytes.subarray(dataStart + entry.start, dataStart + entry.end))
    arrays[name] = { shape: entry.shape, values: new entry.type(copy.buffer) }
  }
  checkSpans(spans, dataBytes, damaged)
  return { arrays, metadata: readMetadata(header.__metadata__, damaged) }
}

/** What a safetensors file says of itself. Throws `checkpoint-damaged` where its header cannot be read; it may be all that is given. */
export function decodeMetadata(bytes: Uint8Array, file = 'safetensors file'): Record<string, string> {
  const damaged = (problem: string) => new ExitlabError('checkpoint-damaged', `${file}: ${problem}`)
  return readMetadata(readHeader(bytes, damaged).header.__metadata__, damaged)
}

type Damaged = (problem: string) => ExitlabError

function readHeader(bytes: Uint8Array, damaged: Damaged): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < 8) throw damaged(`expected at least 8 bytes, got ${bytes.length}`)
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length > headerLimit) throw damaged(`its header claims ${length} bytes, more than the limit of ${headerLimit}`)
  if (8 + length > bytes.length)
    throw damaged(`it is cut off inside its header: ${8 + length} bytes expected, ${bytes.length} there`)
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

interface Entry {
  type: Float32ArrayConstructor | Int32ArrayConstructor
  shape: number[]
  start: number
  end: number
}

function readEntry(value: unknown, damaged: Damaged, dataBytes: number): Entry {
  if (!isJsonObject(value)) throw damaged('its description is not an object')
  const { dtype, shape, data_offsets: offsets } = value
  if (dtype !== 'F32' && dtype !== 'I32') throw damaged(`expected dtype F32 or I32, got ${JSON.stringify(dtype)}`)
  if (!isSizes(shape)) throw damaged(`its shape is not a list of sizes: ${JSON.stringify(shape)}`)
  if (!isSizes(offsets) || offsets.length !== 2)
    throw damaged(`its offsets are not two positions: ${JSON.stringify(offsets)}`)
  const [start, end] = offsets as [number, number]
  if (start > end || end > dataBytes)
    throw damaged(`bytes ${start} to ${end} lie outside the ${dataBytes} bytes of data`)
  const expected = elementCount(shape) * elementBytes
  if (end - start !== expected)
    throw damaged(`shape [${shape.join(', ')}] takes ${expected} bytes, it has ${end - start}`)
  return { type: dtype === 'F32' ? Float32Array : Int32Array, shape, start, end }
}

interface Span {
  name: string
  start: number
  end: number
}

function checkSpans(spans: Span[], dataBytes: number, damaged: Damaged): void {
  let covered = 0
  for (const { name, start, end } of spans.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < covered) throw damaged(`array “${name}” overlaps the one before it`)
    if (start > covered) throw damaged(`bytes ${covered} to ${start} of the data belong to no array`)
    covered = end
  }
  if (covered !== dataBytes) throw damaged(`its arrays take ${covered} bytes, ${dataBytes} are there`)
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

/** Infinite where it is no safe integer, so that no claim of an absurd shape can match a byte count. */
function elementCount(shape: readonly number[]): number {
  const count = shape.reduce((product, size) => product * size, 1)
  return Number.isSafeInteger(count) ? count : Infinity
}
