import { PbfWriter } from 'pbf'
import { maskedCrc32c } from '../../../../../../src/main/host/imports/readers/tensorboard/crc32c.ts'

/** A record of a TFRecord file. */
export function record(content: Uint8Array): Buffer {
  const head = Buffer.alloc(12)
  head.writeBigUInt64LE(BigInt(content.length))
  head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8)
  const foot = Buffer.alloc(4)
  foot.writeUInt32LE(maskedCrc32c(content))
  return Buffer.concat([head, content, foot])
}

type Value = readonly [tag: string, value: number | readonly number[]]

/** A record with an `Event` that has these values: numbers as simple values, lists as tensors of one dimension. */
export function event(values: readonly Value[], step = 0): Buffer {
  const pbf = new PbfWriter()
  pbf.writeVarintField(2, step)
  pbf.writeMessage(5, writeSummary, values)
  return record(pbf.finish())
}

function writeSummary(values: readonly Value[], summary: PbfWriter): void {
  for (const value of values) summary.writeMessage(1, writeValue, value)
}

function writeValue([tag, value]: Value, to: PbfWriter): void {
  to.writeStringField(1, tag)
  if (typeof value === 'number') to.writeFloatField(2, value)
  else to.writeMessage(8, writeTensor, value)
}

/** Without its shape, which makes it a scalar. */
function writeTensor(values: readonly number[], to: PbfWriter): void {
  to.writeVarintField(1, 1)
  to.writePackedFloat(5, [...values])
}
