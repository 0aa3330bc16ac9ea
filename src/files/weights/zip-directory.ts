const signatures = { entry: 0x02014b50, local: 0x04034b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 }
const endBytes = 22
/** An archive may end with a comment. */
const longestComment = 0xffff

/** One for each tensor, of which the largest networks have some thousands. */
const mostFiles = 100_000

/** Makes an error of a fault of the archive. */
type Damaged = (problem: string) => Error

/**
 * The files of a zip archive by their names, as views of its bytes. Only uncompressed files are supported, as `torch.save` writes
 * them. Throws the error that `damaged` makes of a fault.
 */
export function zipFiles(archive: Buffer, damaged: Damaged): Map<string, Uint8Array> {
  const { count, start } = directoryOf(archive, damaged)
  if (count > mostFiles) throw damaged(`it has ${count} files; expected at most ${mostFiles}`)
  const files = new Map<string, Uint8Array>()
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== signatures.entry)
      throw damaged('its table of contents is damaged')
    const length = (place: number) => archive.readUInt16LE(at + place)
    const [nameEnd, extraEnd] = [at + 46 + length(28), at + 46 + length(28) + length(30)]
    const name = archive.toString('utf8', at + 46, nameEnd)
    if (length(10) !== 0) throw damaged(`${name} is compressed, which PyTorch does not do`)
    const place = placeOf(archive, at, archive.subarray(nameEnd, extraEnd))
    files.set(name, contentOf(archive, { name, ...place }, damaged))
    at = extraEnd + length(32)
  }
  return files
}

function directoryOf(archive: Buffer, damaged: Damaged): { count: number; start: number } {
  const earliest = Math.max(0, archive.length - endBytes - longestComment)
  for (let at = archive.length - endBytes; at >= earliest; at--) {
    if (archive.readUInt32LE(at) !== signatures.end) continue
    const [count, start] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 16)]
    return count < 0xffff && start < 0xffffffff ? { count, start } : largeDirectory(archive, at - 20, damaged)
  }
  throw damaged('it is cut off: the table of contents at the end is missing')
}

/** Of an archive of more than 4 GiB or 65,535 files. */
function largeDirectory(archive: Buffer, locator: number, damaged: Damaged): { count: number; start: number } {
  if (locator < 0 || archive.readUInt32LE(locator) !== signatures.locator64)
    throw damaged('its table of contents is damaged')
  const end = Number(archive.readBigUInt64LE(locator + 8))
  if (end + 56 > archive.length || archive.readUInt32LE(end) !== signatures.end64)
    throw damaged('its table of contents is damaged')
  return { count: Number(archive.readBigUInt64LE(end + 32)), start: Number(archive.readBigUInt64LE(end + 48)) }
}

/** Size of a file and offset of its header; values above 32 bits are in the entry's extra field. */
function placeOf(archive: Buffer, entry: number, extra: Buffer): { size: number; header: number } {
  const wide = wideField(extra)
  let at = 0
  // In the order of that field: size, size as packed, header.
  const [size, , header] = [24, 20, 42].map((place) => {
    const narrow = archive.readUInt32LE(entry + place)
    if (narrow !== 0xffffffff || at + 8 > wide.length) return narrow
    at += 8
    return Number(wide.readBigUInt64LE(at - 8))
  }) as [number, number, number]
  return { size, header }
}

function wideField(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length;) {
    const [id, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)]
    if (id === 1) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return extra.subarray(0, 0)
}

interface Entry {
  name: string
  size: number
  header: number
}

function contentOf(archive: Buffer, { name, size, header }: Entry, damaged: Damaged): Uint8Array {
  if (header + 30 > archive.length || archive.readUInt32LE(header) !== signatures.local)
    throw damaged(`${name} is not where the table of contents says`)
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28)
  if (start + size > archive.length) throw damaged(`${name} is cut off`)
  return archive.subarray(start, start + size)
}
