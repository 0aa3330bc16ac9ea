import { ExitlabError } from '../../../../shared/error.ts'

/** Reads a pickle's bytes one after the other; refuses with the name of its file. */
export type Reader = ReturnType<typeof createReader>

export function createReader(bytes: Uint8Array, file: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const refusal = (what: string) =>
    new ExitlabError(
      'data',
      `data.path: ${file} is no pickle of the kind that CIFAR is distributed in: ${what}. Put the original file in its place.`,
    )
  const advance = (size: number) => {
    if (size < 0 || at + size > bytes.length) throw refusal(`it ends at byte ${bytes.length}, in the middle of a value`)
    at += size
    return at - size
  }
  const take = (size: number) => {
    const start = advance(size)
    return bytes.subarray(start, start + size)
  }
  return {
    refusal,
    take,
    position: () => at,
    byte: () => view.getUint8(advance(1)),
    short: () => view.getUint16(advance(2), true),
    integer: () => view.getInt32(advance(4), true),
    line() {
      const end = bytes.indexOf(0x0a, at)
      const line = latin1(take(end < 0 ? bytes.length : end - at))
      advance(1)
      return line
    },
  }
}

/** Text of a short string. */
export const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 256))
