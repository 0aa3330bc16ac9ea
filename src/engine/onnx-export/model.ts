import { PbfWriter } from 'pbf'
import { ExitlabError } from '../../shared/basics/error.ts'

/** Version of the operators' definitions, and of the file format: onnxruntime reads them since 1.12. */
const opset = 17
const irVersion = 8

/** Numbers of ONNX's data types (TensorProto.DataType). */
const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const
export type ElementType = keyof typeof elementTypes

export type OnnxAttribute = { int: number } | { ints: readonly number[] } | { float: number }

export interface OnnxNode {
  type: string
  inputs: string[]
  outputs: string[]
  attributes: Record<string, OnnxAttribute>
}

/** A constant; `bytes`: its values, little-endian, row-major. */
export interface OnnxTensor {
  name: string
  type: ElementType
  shape: readonly number[]
  bytes: Uint8Array
}

/** An input or output; a size of null is the number of samples. */
export interface OnnxPort {
  name: string
  type: ElementType
  shape: readonly (number | null)[]
}

export interface OnnxModel {
  name: string
  description: string
  nodes: readonly OnnxNode[]
  constants: readonly OnnxTensor[]
  inputs: readonly OnnxPort[]
  outputs: readonly OnnxPort[]
}

/** Largest message of Protocol Buffers. */
const mostBytes = 2 ** 31 - 1

/** A model as the bytes of an ONNX file. @throws ExitlabError `usage` where it is larger than such a file can be. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const bytes = model.constants.reduce((sum, constant) => sum + constant.bytes.length, 0)
  if (bytes > mostBytes * 0.99) {
    throw new ExitlabError('usage', `${model.name} has ${bytes} bytes of weights, but an ONNX file has 2 GB at most.`)
  }
  const writer = new PbfWriter()
  writeModel(model, writer)
  return writer.finish()
}

// Field numbers are those of onnx.proto.

function writeModel(model: OnnxModel, writer: PbfWriter): void {
  writer.writeVarintField(1, irVersion)
  writer.writeStringField(2, 'exitlab')
  writer.writeStringField(6, model.description)
  writer.writeMessage(7, writeGraph, model)
  writer.writeMessage(8, (version, inner) => inner.writeVarintField(2, version), opset)
}

function writeGraph({ name, nodes, constants, inputs, outputs }: OnnxModel, writer: PbfWriter): void {
  for (const node of nodes) writer.writeMessage(1, writeNode, node)
  writer.writeStringField(2, name)
  for (const constant of constants) writer.writeMessage(5, writeTensor, constant)
  for (const port of inputs) writer.writeMessage(11, writePort, port)
  for (const port of outputs) writer.writeMessage(12, writePort, port)
}

function writeNode({ type, inputs, outputs, attributes }: OnnxNode, writer: PbfWriter): void {
  for (const input of inputs) writer.writeStringField(1, input)
  for (const output of outputs) writer.writeStringField(2, output)
  writer.writeStringField(3, outputs[0]!)
  writer.writeStringField(4, type)
  for (const attribute of Object.entries(attributes)) writer.writeMessage(5, writeAttribute, attribute)
}

function writeAttribute([name, attribute]: [string, OnnxAttribute], writer: PbfWriter): void {
  writer.writeStringField(1, name)
  if ('float' in attribute) {
    writer.writeFloatField(2, attribute.float)
    writer.writeVarintField(20, 1)
  } else if ('int' in attribute) {
    writer.writeVarintField(3, attribute.int)
    writer.writeVarintField(20, 2)
  } else {
    for (const value of attribute.ints) writer.writeVarintField(8, value)
    writer.writeVarintField(20, 7)
  }
}

function writeTensor({ name, type, shape, bytes }: OnnxTensor, writer: PbfWriter): void {
  for (const size of shape) writer.writeVarintField(1, size)
  writer.writeVarintField(2, elementTypes[type])
  writer.writeStringField(8, name)
  writer.writeBytesField(9, bytes)
}

function writePort({ name, type, shape }: OnnxPort, writer: PbfWriter): void {
  writer.writeStringField(1, name)
  writer.writeMessage(2, writeType, { type, shape })
}

/** TypeProto of a tensor. */
function writeType(port: Omit<OnnxPort, 'name'>, writer: PbfWriter): void {
  writer.writeMessage(1, writeTensorType, port)
}

function writeTensorType({ type, shape }: Omit<OnnxPort, 'name'>, writer: PbfWriter): void {
  writer.writeVarintField(1, elementTypes[type])
  writer.writeMessage(2, writeShape, shape)
}

function writeShape(shape: OnnxPort['shape'], writer: PbfWriter): void {
  for (const size of shape) writer.writeMessage(1, writeSize, size)
}

function writeSize(size: number | null, writer: PbfWriter): void {
  if (size === null) writer.writeStringField(2, 'batch')
  else writer.writeVarintField(1, size)
}
