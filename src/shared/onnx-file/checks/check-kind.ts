import { refused } from '../refused.ts'

const writeOne = 'write one with export_backbone.py (exitlab export-backbone --help)'

/** What other files begin with; latin1, so that a character is a byte. */
const otherKinds: readonly (readonly [beginning: RegExp, what: string])[] = [
  [/^PK\x03\x04/, 'is a ZIP archive, such as a checkpoint of torch.save'],
  [/^\x80[\x02-\x05]/, 'is a pickle, such as a checkpoint of torch.save'],
  [/^.{8}\{"/s, 'is a safetensors file: it has weights and no network'],
  [/^\x89HDF/, 'is an HDF5 file, as Keras writes them'],
  [/^\x89PNG|^\xff\xd8\xff/, 'is a picture'],
]

/** @throws Refused where the bytes are those of another kind of file, or none */
export function checkKind(bytes: Uint8Array): void {
  if (bytes.length === 0) throw refused('is empty', 'an ONNX file', writeOne)
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const other = otherKinds.find(([kind]) => kind.test(beginning))
  if (other) throw refused(other[1], 'an ONNX file', writeOne)
}

/** For bytes that are no protocol buffer at all, or the beginning of one. */
export const noWholeFile = () =>
  refused('is cut off, damaged or no ONNX file', 'a whole one', `copy it again, or ${writeOne}`)
