import { PbfReader, PbfWriter } from 'pbf'

/** What a test reads of an ONNX file; field numbers are those of onnx.proto. */
export interface ReadModel {
  irVersion: number
  opset: number
  nodes: { type: string; inputs: string[]; outputs: string[] }[]
  constants: { name: string; type: number; shape: number[]; bytes: Uint8Array }[]
  inputs: ReadPort[]
  outputs: ReadPort[]
}

export interface ReadPort {
  name: string
  type: number
  shape: (number | string)[]
}

export function readModel(bytes: Uint8Array): ReadModel {
  const model: ReadModel = { irVersion: 0, opset: 0, nodes: [], constants: [], inputs: [], outputs: [] }
  new PbfReader(bytes).readFields((tag, found, reader) => {
    if (tag === 1) found.irVersion = reader.readVarint()
    else if (tag === 7) reader.readMessage(readGraph, found)
    else if (tag === 8) reader.readMessage((field, it, inner) => field === 2 && (it.opset = inner.readVarint()), found)
  }, model)
  return model
}

function readGraph(tag: number, model: ReadModel, reader: PbfReader): void {
  if (tag === 1) model.nodes.push(reader.readMessage(readNode, { type: '', inputs: [], outputs: [] }))
  else if (tag === 5) {
    const empty: ReadModel['constants'][number] = { name: '', type: 0, shape: [], bytes: new Uint8Array() }
    model.constants.push(reader.readMessage(readTensor, empty))
  } else if (tag === 11) model.inputs.push(reader.readMessage(readPort, { name: '', type: 0, shape: [] }))
  else if (tag === 12) model.outputs.push(reader.readMessage(readPort, { name: '', type: 0, shape: [] }))
}

function readNode(tag: number, node: ReadModel['nodes'][number], reader: PbfReader): void {
  if (tag === 1) node.inputs.push(reader.readString())
  else if (tag === 2) node.outputs.push(reader.readString())
  else if (tag === 4) node.type = reader.readString()
}

function readTensor(tag: number, tensor: ReadModel['constants'][number], reader: PbfReader): void {
  if (tag === 1) tensor.shape.push(reader.readVarint())
  else if (tag === 2) tensor.type = reader.readVarint()
  else if (tag === 8) tensor.name = reader.readString()
  else if (tag === 9) tensor.bytes = reader.readBytes()
}

/** ValueInfoProto → TypeProto → TypeProto.Tensor → TensorShapeProto → Dimension. */
function readPort(tag: number, port: ReadPort, reader: PbfReader): void {
  if (tag === 1) port.name = reader.readString()
  if (tag !== 2) return
  const dimension = (field: number, it: ReadPort, inner: PbfReader) =>
    it.shape.push(field === 1 ? inner.readVarint() : inner.readString())
  const shape = (_field: number, it: ReadPort, inner: PbfReader) => inner.readMessage(dimension, it)
  const tensor = (field: number, it: ReadPort, inner: PbfReader) => {
    if (field === 1) it.type = inner.readVarint()
    else inner.readMessage(shape, it)
  }
  reader.readMessage((_field, it, inner) => inner.readMessage(tensor, it), port)
}

/** A model of this graph. */
export function modelOf(writeGraph: (writer: PbfWriter) => void, opset = 17): Uint8Array {
  const writer = new PbfWriter()
  writer.writeVarintField(1, 8)
  writer.writeMessage(7, (_: null, graph: PbfWriter) => writeGraph(graph), null)
  writer.writeMessage(8, (version: number, set: PbfWriter) => set.writeVarintField(2, version), opset)
  return writer.finish()
}

export function writeNode(graph: PbfWriter, operator: string, input: string, output: string): void {
  graph.writeMessage(
    1,
    (_: null, node: PbfWriter) => {
      node.writeStringField(1, input)
      node.writeStringField(2, output)
      node.writeStringField(4, operator)
    },
    null,
  )
}

export const writeInput = (graph: PbfWriter): void =>
  graph.writeMessage(11, (name: string, port: PbfWriter) => port.writeStringField(1, name), 'x')

/** An initialiser, of which `write` writes the numbers. */
export function writeTensor(
  graph: PbfWriter,
  { name, type, shape }: { name: string; type: number; shape: number[] },
  write: (tensor: PbfWriter) => void,
): void {
  const tensor = (_: null, each: PbfWriter) => {
    each.writePackedVarint(1, shape)
    each.writeVarintField(2, type)
    each.writeStringField(8, name)
    write(each)
  }
  graph.writeMessage(5, tensor, null)
}
