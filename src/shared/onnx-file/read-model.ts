import { PbfReader } from 'pbf'
import { ExitlabError } from '../basics/error.ts'
import { checkKind, noWholeFile } from './checks/check-kind.ts'
import { checkNames } from './checks/check-names.ts'
import type { OnnxModel, OnnxNode, OnnxPort, OnnxTensor } from './model.ts'
import { readNode } from './read-node.ts'
import { readEntry, readTensor } from './read-tensor.ts'
import { exportAgain, Refused, refused } from './refused.ts'
import { formatVersions, operatorSets } from './schemas/schemas.ts'

/** Beyond this a graph is no network that anyone trains: the largest that were tried have some thousand. */
const mostNodes = 100_000

/** A model while it is read; field numbers are those of onnx.proto. */
const emptyDraft = () => ({
  formatVersion: 0,
  opsets: [] as number[],
  nodes: [] as OnnxNode[],
  initialisers: new Map<string, OnnxTensor>(),
  inputs: [] as OnnxPort[],
  outputs: [] as OnnxPort[],
  metadata: {} as Record<string, string>,
  hasFunctions: false,
})
type Draft = ReturnType<typeof emptyDraft>

/**
 * Reads an ONNX file. @throws ExitlabError `data`, naming the file, where it is none, damaged, too large, of an operator set before
 * 17, keeps its arrays elsewhere, or calls two things alike.
 */
export function readOnnx(bytes: Uint8Array, file: string): OnnxModel {
  try {
    checkKind(bytes)
    return modelOf(parsed(bytes))
  } catch (error) {
    // The reader of protocol buffers throws errors of many kinds where bytes are none.
    const { message } = error instanceof Refused ? error : noWholeFile()
    throw new ExitlabError('data', `The file ${file} ${message}.`)
  }
}

function parsed(bytes: Uint8Array): Draft {
  const draft = emptyDraft()
  const reader = new PbfReader(bytes)
  reader.readFields(readField, draft)
  if (reader.pos > bytes.length || isNoModel(draft)) throw noWholeFile()
  return draft
}

/** Other bytes may read as fields that no model has. */
const isNoModel = ({ formatVersion, opsets, nodes }: Draft) =>
  formatVersion === 0 && opsets.length === 0 && nodes.length === 0

function modelOf({ formatVersion, opsets, hasFunctions, ...model }: Draft): OnnxModel {
  if (model.nodes.length > mostNodes) throw new Refused(`has more than ${mostNodes} operators`)
  if (hasFunctions) throw new Refused(`defines functions of its own: ${exportAgain}`)
  const opset = knownOpset(opsets)
  const inputs = model.inputs.filter(({ name }) => !model.initialisers.has(name))
  if (model.nodes.length === 0 || inputs.length === 0)
    throw new Refused('holds no network: it has no operators or no input')
  if (formatVersion < 1 || formatVersion > formatVersions.last)
    throw refused(`has version ${formatVersion} of the format`, `one up to ${formatVersions.last}`)
  checkNames({ ...model, inputs })
  return { ...model, opset, inputs }
}

function knownOpset(opsets: readonly number[]): number {
  const { first, last } = operatorSets
  const [opset = 0] = opsets
  const remedy = `export it again with opset_version=${first}`
  if (opsets.length > 1) throw refused(`names its operator set twice, ${opsets.join(' and ')}`, 'it once', remedy)
  if (opset < first || opset > last) throw refused(`has operator set ${opset}`, `${first} to ${last}`, remedy)
  return opset
}

function readField(tag: number, draft: Draft, reader: PbfReader): void {
  if (tag === 1) draft.formatVersion = reader.readVarint(true)
  else if (tag === 7) reader.readMessage(readGraph, draft)
  else if (tag === 8) readOperatorSet(draft, reader)
  else if (tag === 14) readEntry(draft.metadata, reader)
  else if (tag === 25) draft.hasFunctions = true
}

function readOperatorSet(draft: Draft, reader: PbfReader): void {
  const read = (tag: number, set: { domain: string; version: number }, inner: PbfReader) => {
    if (tag === 1) set.domain = inner.readString()
    else if (tag === 2) set.version = inner.readVarint(true)
  }
  const { domain, version } = reader.readMessage(read, { domain: '', version: 0 })
  if (domain === '' || domain === 'ai.onnx') draft.opsets.push(version)
}

function readGraph(tag: number, draft: Draft, reader: PbfReader): void {
  // Of more nodes than allowed the number is enough.
  if (tag === 1 && draft.nodes.length <= mostNodes) draft.nodes.push(readNode(reader))
  else if (tag === 5) {
    const tensor = readTensor(reader)
    if (draft.initialisers.has(tensor.name)) throw refused(`has the array ${tensor.name} twice`, 'one of that name')
    draft.initialisers.set(tensor.name, tensor)
  } else if (tag === 11) draft.inputs.push(readPort(reader))
  else if (tag === 12) draft.outputs.push(readPort(reader))
}

/** ValueInfoProto → TypeProto → TypeProto.Tensor → TensorShapeProto → Dimension. */
function readPort(reader: PbfReader): OnnxPort {
  const dimension = (tag: number, it: { size: number | string }, inner: PbfReader) => {
    if (tag === 1) it.size = inner.readVarint(true)
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
