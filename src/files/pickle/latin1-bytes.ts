import type { PickleKind } from './machine.ts'

/** Bytes that protocol 2 of Python 3 has written as UTF-8 text of the characters 0 to 255. */
export function latin1Bytes(text: Uint8Array, refusal: PickleKind['refusal']): Uint8Array {
  const bytes = new Uint8Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const first = text[at]!
    if (first > 0xc3) throw refusal('bytes with a character beyond 255')
    bytes[length++] = first < 0x80 ? first : ((first & 3) << 6) | (text[++at]! & 0x3f)
  }
  return bytes.subarray(0, length)
}
