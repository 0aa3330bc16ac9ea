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
  /** '' for one that is left out. */
  inputs: string[]
  outputs: string[]
  attributes: Record<string, OnnxAttribute>
  /** PyTorch's name of the module that it belongs to: `layer1.0.conv1`; '' where none is known. */
  module: string
}

/** The value of an attribute; undefined: it is of another type. */
export interface OnnxAttribute {
  float?: number
  int?: number
  text?: string
  tensor?: OnnxTensor
  floats: number[]
  ints: number[]
  /** Whether it is a graph of its own, as control flow has it. */
  isGraph?: true
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
  /** A name: any size. */
  shape: (number | string)[]
}

/** Numbers of these data types of onnx.proto as JavaScript has them. */
const readers: Readonly<Record<number, (bytes: ArrayBuffer) => ArrayLike<number>>> = {
  1: (bytes) => new Float32Array(bytes),
  2: (bytes) => new Uint8Array(bytes),
  3: (bytes) => new Int8Array(bytes),
  5: (bytes) => new Int16Array(bytes),
  6: (bytes) => new Int32Array(bytes),
  7: (bytes) => Array.from(new BigInt64Array(bytes), Number),
  9: (bytes) => new Uint8Array(bytes),
  10: (bytes) => new Float16Array(bytes),
  11: (bytes) => new Float64Array(bytes),
}

/** The numbers of a tensor; null where its type has none. The bytes are copied: those of a file may lie anywhere. */
export function numbersOf({ type, bytes, listed }: OnnxTensor): ArrayLike<number> | null {
  return bytes === null ? listed : (readers[type]?.(new Uint8Array(bytes).buffer) ?? null)
}
