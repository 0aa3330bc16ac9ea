import type { PbfReader } from 'pbf'
import { moduleOf } from './exported-names.ts'
import { attributeTypes, type OnnxAttribute, type OnnxNode } from './model.ts'
import { nodeInWords, refused } from './refused.ts'
import { readEntry, readTensor } from './read-tensor.ts'

interface NodeDraft extends Omit<OnnxNode, 'module' | 'attributes'> {
  domain: string
  attributes: AttributeDraft[]
  metadata: Record<string, string>
}

/** `given`: the fields that hold its value. */
type AttributeDraft = OnnxAttribute & { name: string; given: number[] }

/** @throws Refused where it has an attribute twice, or one that is of another type than it says. */
export function readNode(reader: PbfReader): OnnxNode {
  const draft: NodeDraft = { operator: '', domain: '', name: '', inputs: [], outputs: [], attributes: [], metadata: {} }
  const { domain, metadata, operator, attributes, ...rest } = reader.readMessage(readNodeField, draft)
  const standard = domain === '' || domain === 'ai.onnx'
  const own = {
    ...rest,
    operator: standard ? operator : `${domain}.${operator}`,
    module: moduleOf(rest.name, metadata),
  }
  return { ...own, attributes: attributesOf(own, attributes) }
}

function attributesOf(node: Omit<OnnxNode, 'attributes'>, drafts: readonly AttributeDraft[]): OnnxNode['attributes'] {
  const found: OnnxNode['attributes'] = {}
  for (const { name, given, ...attribute } of drafts) {
    const place = `has in ${nodeInWords(node)} the attribute ${name}`
    if (Object.hasOwn(found, name)) throw refused(`${place} twice`, 'it once')
    const type = attributeTypes[attribute.type]
    if (!type) throw refused(`${place} of the type ${attribute.type}, which ONNX does not have`, 'one of ONNX')
    if (given.some((field) => field !== type.field)) throw refused(`${place} with a value of another type`, type.name)
    found[name] = { ...zeros[attribute.type], ...attribute }
  }
  return found
}

/** Numbers by the type of an attribute: writers of proto3 leave zeros out. */
const zeros: Readonly<Record<number, Pick<OnnxAttribute, 'float' | 'int'>>> = { 1: { float: 0 }, 2: { int: 0 } }

function readNodeField(tag: number, node: NodeDraft, reader: PbfReader): void {
  if (tag === 1) node.inputs.push(reader.readString())
  else if (tag === 2) node.outputs.push(reader.readString())
  else if (tag === 3) node.name = reader.readString()
  else if (tag === 4) node.operator = reader.readString()
  else if (tag === 5)
    node.attributes.push(reader.readMessage(readAttribute, { name: '', type: 0, floats: [], ints: [], given: [] }))
  else if (tag === 7) node.domain = reader.readString()
  else if (tag === 9) readEntry(node.metadata, reader)
}

const valueFields = new Set(Object.values(attributeTypes).map(({ field }) => field))

function readAttribute(tag: number, attribute: AttributeDraft, reader: PbfReader): void {
  if (valueFields.has(tag)) attribute.given.push(tag)
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
