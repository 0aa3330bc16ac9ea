import { PbfWriter } from 'pbf'
import { expect, it } from 'vitest'
import { scalarsOf } from '../../../../../../src/main/host/imports/readers/tensorboard/events.ts'

/** An event at step 3 whose one value, `a`, is a tensor that `write` writes. */
function withTensor(write: (tensor: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter()
  pbf.writeVarintField(2, 3)
  pbf.writeMessage(5, (_, summary) => summary.writeMessage(1, writeValue, null), null)
  return pbf.finish()
  function writeValue(_: unknown, value: PbfWriter): void {
    value.writeStringField(1, 'a')
    value.writeMessage(8, (_, tensor) => write(tensor), null)
  }
}

const little = (write: (view: DataView) => void, bytes: number) => {
  const content = new Uint8Array(bytes)
  write(new DataView(content.buffer))
  return content
}

/** Numbers of `DataType` in types.proto, and where `TensorProto` has values of each. */
it.each<[string, number, (tensor: PbfWriter) => void, number]>([
  ['float', 1, (to) => to.writePackedFloat(5, [0.5]), 0.5],
  ['double', 2, (to) => to.writePackedDouble(6, [0.1]), 0.1],
  ['int32', 3, (to) => to.writePackedVarint(7, [12]), 12],
  ['int64', 9, (to) => to.writePackedVarint(10, [2 ** 40]), 2 ** 40],
  [
    'float as bytes',
    1,
    (to) =>
      to.writeBytesField(
        4,
        little((view) => view.setFloat32(0, 1.5, true), 4),
      ),
    1.5,
  ],
  [
    'double as bytes',
    2,
    (to) =>
      to.writeBytesField(
        4,
        little((view) => view.setFloat64(0, -0.1, true), 8),
      ),
    -0.1,
  ],
])('a tensor of one number is a scalar: %s', (_, type, write, value) => {
  const event = withTensor((tensor) => {
    tensor.writeVarintField(1, type)
    write(tensor)
  })
  expect(scalarsOf(event)).toEqual([{ tag: 'a', step: 3, value }])
})

it.each<[string, (tensor: PbfWriter) => void]>([
  ['several numbers', (to) => to.writePackedFloat(5, [1, 2])],
  ['bytes of another length', (to) => to.writeBytesField(4, new Uint8Array(8))],
  ['no number', () => {}],
])('a tensor of %s is none', (_, write) => {
  const event = withTensor((tensor) => {
    tensor.writeVarintField(1, 1)
    write(tensor)
  })
  expect(scalarsOf(event)).toEqual([])
})
