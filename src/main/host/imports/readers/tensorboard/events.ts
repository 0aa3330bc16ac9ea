import { PbfReader } from 'pbf'
import { numberTypes, type NumberType } from '../number-types.ts'

/** A scalar of an event. */
export interface Scalar {
  tag: string
  step: number
  value: number
}

/** The scalars of one `Event` (tensorflow/core/util/event.proto): simple values, and tensors of one number. */
export function scalarsOf(record: Uint8Array): Scalar[] {
  const event = { step: 0, values: [] as Omit<Scalar, 'step'>[] }
  new PbfReader(record).readFields((field, result, reader) => {
    if (field === 2) result.step = reader.readVarint(true)
    else if (field === 5) for (const value of summaryValues(reader)) result.values.push(value)
  }, event)
  return event.values.map((value) => ({ ...value, step: event.step }))
}

/** Values of an event, of which programs write one. */
const mostValues = 20_000

/** `Summary.value` (field 1). */
function summaryValues(reader: PbfReader): Omit<Scalar, 'step'>[] {
  const values: Omit<Scalar, 'step'>[] = []
  reader.readMessage((field) => {
    if (field !== 1) return
    const { tag, value } = summaryValue(reader)
    if (value !== null) values.push({ tag, value })
    if (values.length > mostValues) throw new Error(`it has more than ${mostValues} values`)
  }, null)
  return values
}

function summaryValue(reader: PbfReader): { tag: string; value: number | null } {
  const found = { tag: '', value: null as number | null }
  reader.readMessage((field, result) => {
    if (field === 1) result.tag = reader.readString()
    else if (field === 2) result.value = reader.readFloat()
    else if (field === 8) result.value = tensorScalar(reader)
  }, found)
  return found
}

interface Tensor {
  type: number
  /** Product of the dimensions. */
  size: number
  content: Uint8Array | null
  values: number[]
}

/** Types of `TensorProto` (tensorflow/core/framework/types.proto) that a scalar has. */
const types: Readonly<Record<number, NumberType>> = {
  1: numberTypes.float32,
  2: numberTypes.float64,
  3: numberTypes.int32,
  9: numberTypes.int64,
  19: numberTypes.float16,
}

/** The number of a tensor that has one; null for any other tensor, such as a picture or a histogram. */
function tensorScalar(reader: PbfReader): number | null {
  const tensor: Tensor = { type: 0, size: 1, content: null, values: [] }
  reader.readMessage((field, result) => {
    if (field === 1) result.type = reader.readVarint()
    else if (field === 2) result.size = sizeOf(reader)
    else if (field === 4) result.content = reader.readBytes()
    // Fields of which nothing is read are skipped.
    else if (result.values.length > 1 || isLongList(reader)) return
    else if (field === 5) reader.readPackedFloat(result.values)
    else if (field === 6) reader.readPackedDouble(result.values)
    else if (field === 7 || field === 10) reader.readPackedVarint(result.values, true)
  }, tensor)
  const type = types[tensor.type]
  if (!type || tensor.size !== 1) return null
  if (tensor.values.length === 1) return tensor.values[0]!
  const { content } = tensor
  if (content?.length !== type.bytes) return null
  return type.read(new DataView(content.buffer, content.byteOffset, content.byteLength), 0)
}

/** Whether what follows is a list that has more than one number, however it is encoded. */
function isLongList(reader: PbfReader): boolean {
  const isPacked = reader.type === 2
  const { pos } = reader
  const bytes = isPacked ? reader.readVarint() : 0
  reader.pos = pos
  return bytes > longestNumber
}

/** Bytes of a varint, of all numbers the longest. */
const longestNumber = 10

/** `TensorShapeProto`: its dimensions (field 2) with their sizes (field 1). */
function sizeOf(reader: PbfReader): number {
  const shape = { size: 1 }
  reader.readMessage((field) => {
    if (field === 2) reader.readMessage((inner) => void (inner === 1 && (shape.size *= reader.readVarint(true))), null)
  }, shape)
  return shape.size
}
