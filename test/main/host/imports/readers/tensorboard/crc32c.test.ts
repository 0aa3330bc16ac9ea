import { expect, test } from 'vitest'
import { maskedCrc32c } from '../../../../../../src/main/host/imports/readers/tensorboard/crc32c.ts'

/** Undoes the mask. */
function unmasked(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0
  return ((rotated >>> 17) | (rotated << 15)) >>> 0
}

// RFC 3720, appendix B.4.
test.each([
  [new Uint8Array(32), 0x8a9136aa],
  [new Uint8Array(32).fill(255), 0x62a8ab43],
  [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
])('CRC-32C is as in the RFC', (bytes, crc) => {
  expect(unmasked(maskedCrc32c(bytes))).toBe(crc)
})
