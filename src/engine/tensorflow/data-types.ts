import { ExitlabError } from '../../shared/basics/error.ts'

/** TF_DataType's numbers. */
export const dataType = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const

type Values = Float32Array | Int32Array | Uint8Array

/** Values of a tensor as TensorFlow lays them out. */
export function toBytes(values: ArrayLike<number> | ArrayBufferView, dtype: number): Uint8Array {
  const typed = ArrayBuffer.isView(values) ? values : arrayOf(dtype).from(values)
  return new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength)
}

/** Reads a tensor's bytes as the typed array that tfjs expects (complex64: interleaved real and imaginary parts). */
export function fromBytes(bytes: Uint8Array, dtype: number): Values {
  return new (arrayOf(dtype))(
    bytes.buffer as ArrayBuffer,
    bytes.byteOffset,
    bytes.byteLength / arrayOf(dtype).BYTES_PER_ELEMENT,
  )
}

function arrayOf(dtype: number) {
  switch (dtype) {
    case dataType.float32:
    case dataType.complex64:
      return Float32Array
    case dataType.int32:
      return Int32Array
    case dataType.bool:
    case dataType.uint8:
      return Uint8Array
    default:
      throw new ExitlabError(
        'engine',
        `Tensors of TensorFlow's data type ${dtype} cannot be exchanged: expected float32, int32, bool, uint8 or complex64`,
      )
  }
}
