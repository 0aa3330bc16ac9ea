import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

/** Node reads and writes 2 GiB at once at most, and while it hashes a piece nothing else is answered. */
export const pieceBytes = 8 << 20

/** The bytes of an open file from start to end, in pieces that share one buffer. */
export async function* piecesOf(file: FileHandle): AsyncGenerator<Buffer> {
  const { size } = await file.stat()
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, size))
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}

/** SHA-256 of an open file of any size. */
export async function sha256Of(file: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of piecesOf(file)) hash.update(piece)
  return hash.digest('hex')
}

/** For all files one after the other: of a hundred thousand small ones, to make it takes longer than to read them. */
let scratch: Buffer | undefined

/** SHA-256 of a file of any size, for a caller that answers nobody meanwhile. */
export function sha256OfPath(path: string): string {
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  try {
    const buffer = (scratch ??= Buffer.allocUnsafe(1 << 20))
    for (let length = 1; length > 0;) {
      length = readSync(file, buffer)
      hash.update(buffer.subarray(0, length))
    }
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/** Bytes `start` to `end` of an open file, in a buffer of their own. They are fewer where the file is shorter. */
export async function readRange(file: FileHandle, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start)
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(1 << 30, bytes.length - at)
    const { bytesRead } = await file.read(bytes, at, length, start + at)
    if (bytesRead === 0) return bytes.slice(0, at)
    at += bytesRead
  }
  return bytes
}

/** Writes bytes of any number at a position of an open file. */
export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(pieceBytes, bytes.length - at)
    at += (await file.write(bytes, at, length, position + at)).bytesWritten
  }
}
