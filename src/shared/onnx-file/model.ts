/** What is read of an ONNX file. Nothing in it is run; numbers of arrays stay bytes until somebody asks for them. */
export interface OnnxModel {
  /** Version of the standard operators. */
  opset: number
  /** In the order they run. */
  nodes: readonly OnnxNode[]
  /** Arrays with values, by name. */
  initialisers: ReadonlyMap<string, OnnxTensor>
  /** Inputs that are no initialisers. */
  inputs: readonly OnnxPort[]
  outputs: readonly OnnxPort[]
  metadata: Readonly<Record<string, string>>
}

export interface OnnxNode {
  /** Operator, with its domain before a dot where it is none of the standard: `Conv`. */
  operator: string
  /** '' where it has none. */
  name: string
  /** '' for one that is left out. */
  inputs: string[]
  outputs: string[]
  attributes: Record<string, OnnxAttribute>
  /** PyTorch's name of the module that it belongs to: `layer1.0.conv1`; '' where none is known. */
  module: string
}

/** The value of an attribute; undefined: it is of another type. */
export interface OnnxAttribute {
  /** As onnx.proto numbers types of attributes. */
  type: number
  float?: number
  int?: number
  text?: string
  tensor?: OnnxTensor
  floats: number[]
  ints: number[]
  /** Whether it is a graph of its own, as control flow has it. */
  isGraph?: true
}

/** Types of attributes: what they are called, and the field of onnx.proto that holds their value. */
export const attributeTypes: Readonly<Record<number, { name: string; field: number }>> = {
  1: { name: 'a number', field: 2 },
  2: { name: 'a whole number', field: 3 },
  3: { name: 'a text', field: 4 },
  4: { name: 'an array', field: 5 },
  5: { name: 'a graph', field: 6 },
  6: { name: 'numbers', field: 7 },
  7: { name: 'whole numbers', field: 8 },
  8: { name: 'texts', field: 9 },
  9: { name: 'arrays', field: 10 },
  10: { name: 'graphs', field: 11 },
  11: { name: 'a sparse array', field: 22 },
  12: { name: 'sparse arrays', field: 23 },
  13: { name: 'a type', field: 14 },
  14: { name: 'types', field: 15 },
}

export interface OnnxTensor {
  name: string
  /** Data type as onnx.proto numbers them. */
  type: number
  shape: number[]
  /** Little-endian numbers; null: they are `listed`. */
  bytes: Uint8Array | null
  listed: number[]
}

export interface OnnxPort {
  name: string
  type: number
  /** A name, which may be empty: any size. */
  shape: (number | string)[]
}

/** Arrays of the data types of onnx.proto that are numbers. */
const kinds = {
  1: Float32Array,
  2: Uint8Array,
  3: Int8Array,
  5: Int16Array,
  6: Int32Array,
  7: BigInt64Array,
  9: Uint8Array,
  10: Float16Array,
  11: Float64Array,
}
export const kindOf = (type: number) => (kinds as Partial<Record<number, (typeof kinds)[keyof typeof kinds]>>)[type]

const float16 = 10

/** The numbers of a tensor; null where its type has none. The bytes are copied: those of a file may lie anywhere. */
export function numbersOf({ type, bytes, listed }: OnnxTensor): ArrayLike<number> | null {
  // Listed are their bits.
  if (bytes === null) return type === float16 ? new Float16Array(Uint16Array.from(listed).buffer) : listed
  const Kind = kindOf(type)
  if (!Kind) return null
  const numbers = new Kind(new Uint8Array(bytes).buffer)
  return numbers instanceof BigInt64Array ? Array.from(numbers, Number) : numbers
}

/** Whether a tensor has as many numbers as its shape says; those of other types are not counted. */
export function isWhole({ type, shape, bytes, listed }: OnnxTensor): boolean {
  const Kind = kindOf(type)
  if (!Kind) return true
  const count = shape.reduce((product, size) => product * size, 1)
  return shape.every((size) => size >= 0) && count === (bytes ? bytes.length / Kind.BYTES_PER_ELEMENT : listed.length)
}
