import type { PbfReader } from 'pbf'
import { isWhole, kindOf, type OnnxTensor } from './model.ts'
import { Refused, refused } from './refused.ts'
import { typeName } from './schemas/schemas.ts'

interface TensorDraft extends OnnxTensor {
  /** Fields that list its numbers. */
  fields: Set<number>
  /** The file that its numbers lie in; null: this one. */
  external: string | null
}

export function readTensor(reader: PbfReader): OnnxTensor {
  const draft: TensorDraft = {
    name: '',
    type: 0,
    shape: [],
    bytes: null,
    listed: [],
    external: null,
    fields: new Set(),
  }
  const { external, fields, ...tensor } = reader.readMessage(readTensorField, draft)
  if (external !== null)
    throw new Refused(`keeps its arrays in a file beside it (${external}): export again with external_data=False`)
  const { name, type, bytes } = tensor
  if (fields.size + (bytes === null ? 0 : 1) > 1)
    throw refused(`has the numbers of the array ${name} twice`, 'them once')
  if (fields.size > 0 && kindOf(type) && !fields.has(fieldOf[type] ?? wholeField))
    throw refused(`lists the numbers of the array ${name} as those of another type`, typeName(type))
  if (!isWhole(tensor))
    throw refused(
      `has another count of numbers in the array ${name} than its shape says`,
      `those of [${tensor.shape.join(', ')}]`,
    )
  return tensor
}

/** The field that lists numbers of a type, by field number of onnx.proto; of all others `wholeField`. */
const fieldOf: Readonly<Record<number, number>> = { 1: 4, 7: 7, 11: 10 }
const wholeField = 5
const listFields = new Set([4, 5, 7, 10])

function readTensorField(tag: number, tensor: TensorDraft, reader: PbfReader): void {
  if (listFields.has(tag)) tensor.fields.add(tag)
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

/** A key and its value. */
export function readEntry(entries: Record<string, string>, reader: PbfReader): void {
  const read = (tag: number, entry: { key: string; value: string }, inner: PbfReader) => {
    if (tag === 1) entry.key = inner.readString()
    else if (tag === 2) entry.value = inner.readString()
  }
  const { key, value } = reader.readMessage(read, { key: '', value: '' })
  entries[key] = value
}
