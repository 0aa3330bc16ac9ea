/** A type of numbers that files of weights have, by PyTorch's name: `bfloat16`. */
export interface ElementType {
  name: string
  /** Bytes of a number. */
  size: number
  /** Numbers as float32; null for those that are no floating-point numbers. Takes a copy of the bytes, little-endian. */
  floats: ((bytes: ArrayBuffer) => Float32Array<ArrayBuffer>) | null
}

const type = (name: string, size: number, floats: ElementType['floats'] = null): ElementType => ({ name, size, floats })
const types = [
  type('float32', 4, (bytes) => new Float32Array(bytes)),
  type('float16', 2, (bytes) => new Float32Array(new Float16Array(bytes))),
  type('bfloat16', 2, fromBfloat16),
  type('float64', 8, (bytes) => new Float32Array(new Float64Array(bytes))),
  ...['int8', 'uint8', 'bool'].map((name) => type(name, 1)),
  ...['int16', 'uint16'].map((name) => type(name, 2)),
  ...['int32', 'uint32'].map((name) => type(name, 4)),
  ...['int64', 'uint64', 'complex64'].map((name) => type(name, 8)),
  type('complex128', 16),
]
const typeOf = new Map(types.map((each) => [each.name, each]))
const named = (names: Readonly<Record<string, string>>) =>
  new Map(Object.entries(names).map(([code, name]) => [code, typeOf.get(name)!]))

/** By the codes of safetensors. */
export const safetensorsTypes = named({
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  BOOL: 'bool',
  C64: 'complex64',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
})

/** By the numbers of onnx.proto. */
export const onnxTypes = named({
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
})

/** By the names of PyTorch's classes of storages. */
export const torchTypes = named({
  DoubleStorage: 'float64',
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
  ComplexFloatStorage: 'complex64',
  ComplexDoubleStorage: 'complex128',
})

/** The upper half of a float32. */
function fromBfloat16(bytes: ArrayBuffer): Float32Array<ArrayBuffer> {
  const halves = new Uint16Array(bytes)
  const whole = new Uint32Array(halves.length)
  for (let i = 0; i < halves.length; i++) whole[i] = halves[i]! << 16
  return new Float32Array(whole.buffer)
}
