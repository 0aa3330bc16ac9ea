import { resampleWasm } from './resample-wasm.ts'

/** What each pixel of a line is the weighted sum of. */
export interface Taps {
  /** A line for each pixel: where its first neighbour begins, in bytes; number of neighbours; their weights, with 22 bits behind the point. */
  table: Int32Array
  /** Entries of a line of the table. */
  line: number
}

/** Rows of pixels. */
interface Rows {
  bytes: Uint8Array
  count: number
  /** Bytes from the beginning of a row to that of the next. */
  stride: number
  channels: number
}

/** Scales rows across, then down, each rounded to bytes: [pixels of down, pixels of across, channels]. */
export function scaleRows(
  { bytes, count, stride, channels }: Rows,
  { across, down }: Record<'across' | 'down', Taps>,
): Uint8Array {
  const { exports } = (kernel ??= load())
  const length = (across.table.length / across.line) * channels
  const size = (down.table.length / down.line) * length
  const parts = [across.table.byteLength, down.table.byteLength, bytes.length, count * length, size]
  const [acrossAt, downAt, from, between, to, end] = placesOf(parts) as [number, number, number, number, number, number]
  const memory = grown(exports.memory, end)
  new Int32Array(memory.buffer).set(across.table, acrossAt / 4)
  new Int32Array(memory.buffer).set(down.table, downAt / 4)
  memory.set(bytes, from)
  exports.across(from, count, stride, channels, acrossAt, acrossAt + across.table.byteLength, 4 * across.line, between)
  exports.down(between, length, downAt, downAt + down.table.byteLength, 4 * down.line, to)
  return memory.slice(to, to + size)
}

/** Functions of resample.wat. */
interface Kernel {
  exports: {
    memory: Memory
    across(...addressesAndSizes: number[]): void
    down(...addressesAndSizes: number[]): void
  }
}

interface Memory {
  buffer: ArrayBuffer
  grow(pages: number): void
}

/** As far as it is used here: among TypeScript's own types only those of browsers have it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => Kernel
}

let kernel: Kernel | null = null

const load = () => new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(resampleWasm, 'base64')))

/** Where parts of these sizes begin, one after the other with 16 bytes or more between them, and where the last ends. */
function placesOf(sizes: readonly number[]): number[] {
  const places = [0]
  for (const size of sizes) places.push(Math.ceil((places.at(-1)! + size) / 16) * 16 + 16)
  return places
}

const pageSize = 65536

function grown(memory: Memory, size: number): Uint8Array {
  const missing = Math.ceil((size - memory.buffer.byteLength) / pageSize)
  if (missing > 0) memory.grow(missing)
  return new Uint8Array(memory.buffer)
}
