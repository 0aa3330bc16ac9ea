interface JpegHeader {
  height: number
  width: number
  /** 1 (grey), 3 (colours) or 4 (inks). */
  components: number
  /** Where the header begins. */
  at: number
  /** Whether it is coded as nearly all photographs are: grey or colours of eight bits, Huffman's codes, sequential or progressive. */
  isUsual: boolean
}

/** What the frame header of a JPEG file says; null for the bytes of anything else. */
export function jpegHeader(bytes: Uint8Array): JpegHeader | null {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) return null
  for (let at = 2; bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!
    if (isFrame(marker)) return at + 9 < bytes.length ? frameAt(bytes, at) : null
    // Any number of bytes 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + twoBytes(bytes, at + 2)
  }
  return null
}

/** Whether the marker of the end is somewhere behind the header; before it there may be that of a thumbnail. */
export function isComplete(bytes: Uint8Array, { at: header }: JpegHeader): boolean {
  let at = bytes.lastIndexOf(endOfImage)
  while (at > header && bytes[at - 1] !== 0xff) at = bytes.lastIndexOf(endOfImage, at - 1)
  return at > header
}

function frameAt(bytes: Uint8Array, at: number): JpegHeader {
  const [marker, bits, components] = [bytes[at + 1]!, bytes[at + 4], bytes[at + 9]!]
  return {
    at,
    height: twoBytes(bytes, at + 5),
    width: twoBytes(bytes, at + 7),
    components,
    isUsual: marker <= lastUsual && bits === 8 && (components === 1 || components === 3),
  }
}

const [startOfImage, endOfImage] = [0xd8, 0xd9]

/** Of progressive coding; those before it are of sequential coding. */
const lastUsual = 0xc2

/** Of all kinds of coding: between them lie three markers that are tables or reserved. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

const twoBytes = (bytes: Uint8Array, at: number) => (bytes[at]! << 8) | bytes[at + 1]!
