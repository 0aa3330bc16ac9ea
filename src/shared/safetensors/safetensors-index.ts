import { isJsonObject } from '../basics/json.ts'

/** Largest header that is read, that of more than 100,000 arrays. One of 100 MB, as the reference implementation takes, fills 2 GB of memory. */
const headerLimit = 20_000_000

type Damaged = (problem: string) => Error

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
  damaged: Damaged,
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

/** The header of a safetensors file, and where its data begin. */
export function readHeader(
  bytes: Uint8Array,
  damaged: Damaged,
): { header: Record<string, unknown>; dataStart: number } {
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

export function readMetadata(value: unknown, damaged: Damaged): Record<string, string> {
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
export function elementCount(shape: readonly number[]): number {
  const count = shape.reduce((product, size) => product * size, 1)
  return Number.isSafeInteger(count) ? count : Infinity
}
