import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'

/**
 * Cuts the symbol tables and debug sections off the end of a shared library in the 64-bit little-endian ELF format, as
 * `strip` does. The loader reads program headers and the segments that they name; sections are for linkers and debuggers.
 * Other files are left as they are.
 * @param {string} path
 */
export function stripLibrary(path) {
  const file = openSync(path, 'r+')
  try {
    const header = read(file, 0, 64)
    if (header.readUInt32BE(0) !== elfMagic || header[4] !== is64Bit || header[5] !== isLittleEndian) return
    ftruncateSync(file, endOfSegments(file, header))
    header.writeBigUInt64LE(0n, sectionTableOffset)
    header.fill(0, sectionTableSizes)
    writeSync(file, header, 0, header.length, 0)
  } finally {
    closeSync(file)
  }
}

const elfMagic = 0x7f454c46
const is64Bit = 2
const isLittleEndian = 1
// Places of e_shoff and of e_shentsize, e_shnum, e_shstrndx in the file's header.
const sectionTableOffset = 0x28
const sectionTableSizes = 0x3a

/**
 * The end of the last segment, in bytes: the largest p_offset + p_filesz.
 * @param {number} file
 * @param {Buffer} header
 */
function endOfSegments(file, header) {
  const offset = Number(header.readBigUInt64LE(0x20))
  const size = header.readUInt16LE(0x36)
  const ends = Array.from({ length: header.readUInt16LE(0x38) }, (_, index) => {
    const segment = read(file, offset + index * size, size)
    return Number(segment.readBigUInt64LE(0x08) + segment.readBigUInt64LE(0x20))
  })
  return Math.max(...ends)
}

/** @param {number} file @param {number} position @param {number} length */
function read(file, position, length) {
  const bytes = Buffer.alloc(length)
  readSync(file, bytes, 0, length, position)
  return bytes
}
