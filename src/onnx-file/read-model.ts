import { PbfReader } from 'pbf'
import { ExitlabError } from '../shared/error.ts'
import { isWhole, type OnnxAttribute, type OnnxModel, type OnnxNode, type OnnxPort, type OnnxTensor } from './model.ts'
import { moduleOf } from './exported-names.ts'

/** Beyond this a graph is no network that anyone trains: the largest that were tried have some thousand. */
const mostNodes = 100_000
/** The least version of the operators, which has layer normalisation as one of them. */
const leastOpset = 17

/** A model while it is read; field numbers are those of onnx.proto. */
const emptyDraft = () => ({
  opset: 0,
  nodes: [] as OnnxNode[],
  initialisers: new Map<string, OnnxTensor>(),
  inputs: [] as OnnxPort[],
  outputs: [] as OnnxPort[],
  metadata: {} as Record<string, string>,
  hasFunctions: false,
})
type Draft = ReturnType<typeof emptyDraft>

/** That the numbers of an array lie in the file of this name. */
class Elsewhere extends Error {}

/**
 * Reads an ONNX file. @throws ExitlabError `data`, naming the file, where it is none, damaged, too large, of an operator set before
 * 17, or keeps its arrays elsewhere.
 */
export function readOnnx(bytes: Uint8Array, file: string): OnnxModel {
  const refuse = (what: string) => new ExitlabError('data', `The file ${file} ${what}.`)
  const { opset, hasFunctions, ...model } = parsed(bytes, refuse)
  if (hasFunctions)
    throw refuse('defines functions of its own: export again with export_backbone.py (exitlab export-backbone --help)')
  if (opset < leastOpset)
    throw refuse(`has operator set ${opset}; expected ${leastOpset} or later: export again with opset_version=17`)
  const given = model.inputs.filter(({ name }) => !model.initialisers.has(name))
  if (model.nodes.length === 0 || given.length === 0) throw refuse('holds no network: it has no operators or no input')
  return { ...model, opset, inputs: given }
}

function parsed(bytes: Uint8Array, refuse: (what: string) => ExitlabError): Draft {
  const draft = emptyDraft()
  const reader = new PbfReader(bytes)
  try {
    reader.readFields(readField, draft)
  } catch (error) {
    if (error instanceof Elsewhere)
      throw refuse(`keeps its arrays in a file beside it (${error.message}): export again with external_data=False`)
    throw refuse(`is no whole ONNX file: ${(error as Error).message}`)
  }
  if (reader.pos > bytes.length) throw refuse('is no whole ONNX file: it ends too early')
  if (draft.nodes.length > mostNodes) throw refuse(`has more than ${mostNodes} operators`)
  return draft
}

function readField(tag: number, draft: Draft, reader: PbfReader): void {
  if (tag === 7) reader.readMessage(readGraph, draft)
  else if (tag === 8) readOperatorSet(draft, reader)
  else if (tag === 14) readEntry(draft.metadata, reader)
  else if (tag === 25) draft.hasFunctions = true
}

function readOperatorSet(draft: Draft, reader: PbfReader): void {
  const read = (tag: number, set: { domain: string; version: number }, inner: PbfReader) => {
    if (tag === 1) set.domain = inner.readString()
    else if (tag === 2) set.version = inner.readVarint()
  }
  const { domain, version } = reader.readMessage(read, { domain: '', version: 0 })
  if (domain === '' || domain === 'ai.onnx') draft.opset = version
}

function readEntry(entries: Record<string, string>, reader: PbfReader): void {
  const read = (tag: number, entry: { key: string; value: string }, inner: PbfReader) => {
    if (tag === 1) entry.key = inner.readString()
    else if (tag === 2) entry.value = inner.readString()
  }
  const { key, value } = reader.readMessage(read, { key: '', value: '' })
  entries[key] = value
}

function readGraph(tag: number, draft: Draft, reader: PbfReader): void {
  // Of more nodes than allowed the number is enough.
  if (tag === 1 && draft.nodes.length <= mostNodes) draft.nodes.push(readNode(reader))
  else if (tag === 5) {
    const tensor = readTensor(reader)
    draft.initialisers.set(tensor.name, tensor)
  } else if (tag === 11) draft.inputs.push(readPort(reader))
  else if (tag === 12) draft.outputs.push(readPort(reader))
}

function readNode(reader: PbfReader): OnnxNode {
  const node = { operator: '', domain: '', name: '', inputs: [], outputs: [], attributes: {}, metadata: {} }
  const { domain, name, metadata, operator, ...rest } = reader.readMessage(readNodeField, node as NodeDraft)
  const standard = domain === '' || domain === 'ai.onnx'
  return { ...rest, operator: standard ? operator : `${domain}.${operator}`, module: moduleOf(name, metadata) }
}

interface NodeDraft extends Omit<OnnxNode, 'module'> {
  domain: string
  name: string
  metadata: Record<string, string>
}

function readNodeField(tag: number, node: NodeDraft, reader: PbfReader): void {
  if (tag === 1) node.inputs.push(reader.readString())
  else if (tag === 2) node.outputs.push(reader.readString())
  else if (tag === 3) node.name = reader.readString()
  else if (tag === 4) node.operator = reader.readString()
  else if (tag === 5) {
    const draft: AttributeDraft = { name: '', type: 0, floats: [], ints: [] }
    const { name, type, ...attribute } = reader.readMessage(readAttribute, draft)
    node.attributes[name] = { ...zeros[type], ...attribute }
  } else if (tag === 7) node.domain = reader.readString()
  else if (tag === 9) readEntry(node.metadata, reader)
}

type AttributeDraft = OnnxAttribute & { name: string; type: number }

/** Numbers by the type of an attribute: writers of proto3 leave zeros out. */
const zeros: Readonly<Record<number, Pick<OnnxAttribute, 'float' | 'int'>>> = { 1: { float: 0 }, 2: { int: 0 } }

function readAttribute(tag: number, attribute: AttributeDraft, reader: PbfReader): void {
  if (tag === 1) attribute.name = reader.readString()
  else if (tag === 2) attribute.float = reader.readFloat()
  else if (tag === 3) attribute.int = reader.readVarint(true)
  else if (tag === 4) attribute.text = new TextDecoder().decode(reader.readBytes())
  else if (tag === 5) attribute.tensor = readTensor(reader)
  else if (tag === 6 || tag === 11) attribute.isGraph = true
  else if (tag === 7) reader.readPackedFloat(attribute.floats)
  else if (tag === 8) reader.readPackedVarint(attribute.ints, true)
  else if (tag === 20) attribute.type = reader.readVarint()
}

interface TensorDraft extends OnnxTensor {
  /** The file that its numbers lie in; null: this one. */
  external: string | null
}

function readTensor(reader: PbfReader): OnnxTensor {
  const draft: TensorDraft = { name: '', type: 0, shape: [], bytes: null, listed: [], external: null }
  const { external, ...tensor } = reader.readMessage(readTensorField, draft)
  if (external !== null) throw new Elsewhere(external)
  if (!isWhole(tensor))
    throw new Error(`the array ${tensor.name} does not have as many numbers as its shape, [${tensor.shape.join(', ')}]`)
  return tensor
}

function readTensorField(tag: number, tensor: TensorDraft, reader: PbfReader): void {
  if (tag === 1) reader.readPackedVarint(tensor.shape, true)
  else if (tag === 2) tensor.type = reader.readVarint()
  else if (tag === 4) reader.readPackedFloat(tensor.listed)
  else if (tag === 5 || tag === 7) reader.readPackedVarint(tensor.listed, true)
  else if (tag === 8) tensor.name = reader.readString()
  else if (tag === 9) tensor.bytes = reader.readBytes()
  else if (tag === 10) reader.readPackedDouble(tensor.listed)
  else if (tag === 13) tensor.external = readLocation(reader) ?? tensor.external
}

function readLocation(reader: PbfReader): string | undefined {
  const entry: Record<string, string> = {}
  readEntry(entry, reader)
  return entry['location']
}

/** ValueInfoProto → TypeProto → TypeProto.Tensor → TensorShapeProto → Dimension. */
function readPort(reader: PbfReader): OnnxPort {
  const dimension = (tag: number, it: { size: number | string }, inner: PbfReader) => {
    if (tag === 1) it.size = inner.readVarint()
    else if (tag === 2) it.size = inner.readString()
  }
  const shape = (tag: number, it: OnnxPort, inner: PbfReader) =>
    void (tag === 1 && it.shape.push(inner.readMessage(dimension, { size: '' }).size))
  const tensor = (tag: number, it: OnnxPort, inner: PbfReader) => {
    if (tag === 1) it.type = inner.readVarint()
    else if (tag === 2) inner.readMessage(shape, it)
  }
  const type = (tag: number, it: OnnxPort, inner: PbfReader) => void (tag === 1 && inner.readMessage(tensor, it))
  const read = (tag: number, it: OnnxPort, inner: PbfReader) => {
    if (tag === 1) it.name = inner.readString()
    else if (tag === 2) inner.readMessage(type, it)
  }
  return reader.readMessage(read, { name: '', type: 0, shape: [] })
}
