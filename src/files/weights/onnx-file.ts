import { separated } from '../../shared/onnx-file/exported-names.ts'
import { readOnnx } from '../../shared/onnx-file/read-model.ts'
import type { OnnxTensor } from '../../shared/onnx-file/model.ts'
import { onnxTypes, type ElementType } from './element-types.ts'
import { countOf, storedArray, type StoredArray } from './stored-array.ts'

/** First byte of an ONNX file: its version of the format. */
const firstTag = 0x08

/** Whether it is an ONNX file; safetensors may begin with the same byte, and have a brace behind their length. */
export const isOnnxFile = (bytes: Buffer): boolean => bytes[0] === firstTag && bytes.toString('latin1', 8, 9) !== '{'

/** The arrays of an ONNX file by name. @throws ExitlabError `data` where it is none, or damaged. */
export function readOnnxArrays(bytes: Buffer, path: string): Record<string, StoredArray> {
  const model = readOnnx(bytes, path)
  const tensors = [...model.initialisers.values(), ...separated(model)]
  return Object.fromEntries(tensors.map((tensor) => [tensor.name, stored(tensor)]))
}

/** Of types of two bytes the bits are listed. */
const listedFloats = ({ size, floats }: ElementType, listed: readonly number[]) =>
  size === 2 ? floats!(Uint16Array.from(listed).buffer) : Float32Array.from(listed)

function stored({ type: code, shape, bytes, listed }: OnnxTensor): StoredArray {
  const type = onnxTypes.get(String(code))
  if (!type) return { shape, type: `ONNX type ${code}`, values: null }
  if (bytes === null) return { shape, type: type.name, values: type.floats && (() => listedFloats(type, listed)) }
  const isWhole = bytes.length === countOf(shape) * type.size
  return isWhole ? storedArray({ type, shape, bytes }) : { shape, type: 'damaged', values: null }
}
