import { maskedCrc32c } from './crc32c.ts'

/** Longest record that is held in memory: those with scalars have a few hundred bytes, those with pictures some megabytes. */
const longestRecord = 256 * 2 ** 20

/** Length, and its checksum. */
const headBytes = 12
const footBytes = 4

interface RecordFault {
  /** Whether the file ends within a record, as it does where a program was stopped while it wrote. */
  cutOff: boolean
  /** Byte at which the record begins. */
  at: number
}

/**
 * The contents of the records of a TFRecord file, read piece by piece: length (8 bytes), its masked CRC-32C, content, its masked
 * CRC-32C. @returns what is wrong where the records end; null where they end with the file.
 */
export async function* tfRecords(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, RecordFault | null, undefined> {
  let [held, at] = [Buffer.alloc(0), 0]
  /** Bytes before which there is no whole record. */
  let wanted = headBytes
  const waiting: Uint8Array[] = []
  let waitingBytes = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    waitingBytes += piece.length
    if (held.length + waitingBytes < wanted) continue
    held = Buffer.concat([held, ...waiting.splice(0)])
    waitingBytes = 0
    let start = 0
    for (;;) {
      wanted = headBytes
      if (held.length - start < headBytes) break
      const length = Number(held.readBigUInt64LE(start))
      if (held.readUInt32LE(start + 8) !== maskedCrc32c(held.subarray(start, start + 8)) || length > longestRecord)
        return { cutOff: false, at: at + start }
      const [from, to] = [start + headBytes, start + headBytes + length]
      wanted = headBytes + length + footBytes
      if (held.length - start < wanted) break
      const content = held.subarray(from, to)
      if (held.readUInt32LE(to) !== maskedCrc32c(content)) return { cutOff: false, at: at + start }
      yield content
      start = to + footBytes
    }
    at += start
    held = held.subarray(start)
  }
  return held.length + waitingBytes === 0 ? null : { cutOff: true, at }
}
