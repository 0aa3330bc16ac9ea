import { hash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { statOf } from '../../../datasets/formats/files.ts'
import { writeDurably } from '../../../files/durable-file.ts'

/** Image files that have been decoded without an error, eight bytes each: damage to the record only forgets some. */
export interface DecodedRecord {
  has(mark: bigint): boolean
  /** Adds images. If the file cannot be written, they are decoded again the next time. */
  add(marks: readonly bigint[]): Promise<void>
}

/** File beside the descriptions that remembers which images of a data set can be decoded. */
export function recordFile(folder: string | undefined, dataPath: string): string | undefined {
  return folder && join(folder, `${hash('sha256', dataPath)}.decoded`)
}

/** The record in a file; undefined: one that is kept nowhere. The file may be deleted at any time. */
export async function openDecodedRecord(path: string | undefined): Promise<DecodedRecord> {
  let marks = path === undefined ? new BigUint64Array() : await read(path)
  return {
    has: (mark) => includes(marks, mark),
    async add(more) {
      const all = new BigUint64Array(marks.length + more.length)
      all.set(marks)
      all.set(more, marks.length)
      marks = all.sort()
      if (path !== undefined) await write(path, marks).catch(() => undefined)
    },
  }
}

/** Path, size and time of change of a file, hashed; null where there is no file. */
export async function markOf(path: string): Promise<bigint | null> {
  const found = await statOf(path)
  return found && hash('sha256', `${path} ${found.size} ${found.mtimeMs}`, 'buffer').readBigUInt64LE()
}

/** Sorted marks; none where there is no file. */
async function read(path: string): Promise<BigUint64Array> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  const size = BigUint64Array.BYTES_PER_ELEMENT
  return new BigUint64Array(Uint8Array.from(bytes).buffer, 0, Math.floor(bytes.length / size)).sort()
}

async function write(path: string, marks: BigUint64Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeDurably(path, new Uint8Array(marks.buffer))
}

function includes(marks: BigUint64Array, mark: bigint): boolean {
  let [first, end] = [0, marks.length]
  while (first < end) {
    const middle = (first + end) >> 1
    if (marks[middle]! < mark) first = middle + 1
    else end = middle
  }
  return marks[first] === mark
}
