import { axisIn, inLayout, type Layout } from '../builder.ts'
import type { OperationView } from '../operation-view.ts'
import { int, upTo, type Operator } from './operator.ts'

/** Behind the last index of any axis. */
const toEnd = Number.MAX_SAFE_INTEGER

/** What takes values apart and puts them together. */
export const parts: Readonly<Record<string, Operator>> = {
  Slice: slice,
  PadV2: pad,
  ConcatV2: concatenate,
  Pack(operation) {
    const axis = operation.attribute<number>('axis')
    const { builder } = operation
    const axes = builder.ints([axis])
    const parts = upTo(operation.count).map((input) => builder.emit('Unsqueeze', [operation.input(input), axes]))
    operation.give(builder.emit('Concat', parts, { axis: int(axis) }))
  },
  SplitV(operation) {
    const { builder } = operation
    const layout = operation.commonLayout()
    const axis = axisIn(layout, operation.numbers(2)[0]!)
    let start = 0
    for (const [part, size] of operation.numbers(1).entries()) {
      const bounds = [[start], [start + size], [axis]].map(builder.ints)
      operation.give(builder.emit('Slice', [operation.input(0, layout), ...bounds]), layout, part)
      start += size
    }
  },
  Unpack(operation) {
    const axis = operation.attribute<number>('axis')
    const { builder } = operation
    const axes = builder.ints([axis])
    for (const part of upTo(operation.attribute<number>('num'))) {
      const bounds = [[part], [part + 1], [axis]].map(builder.ints)
      operation.give(
        builder.emit('Squeeze', [builder.emit('Slice', [operation.input(0), ...bounds]), axes]),
        'plain',
        part,
      )
    }
  },
  GatherV2(operation) {
    if (operation.attribute('batch_dims') !== 0) return operation.refuse('it has batch dimensions')
    const axis = int(operation.numbers(2)[0]!)
    operation.give(operation.builder.emit('Gather', [operation.input(0), operation.input(1)], { axis }))
  },
  OneHot(operation) {
    const { builder } = operation
    const [on, off] = [2, 3].map((input) => operation.numbers(input)[0]!)
    const values = builder.floats(Float32Array.of(off!, on!))
    const axis = int(operation.attribute<number>('axis'))
    operation.give(builder.emit('OneHot', [operation.input(0), operation.input(1), values], { axis }))
  },
}

/** Of all samples. */
function slice(operation: OperationView): void {
  const { builder } = operation
  const starts = operation.numbers(1)
  const lengths = operation.sizes(2)
  const { shape } = operation.value(0)
  const cut = upTo(starts.length).filter((axis) => lengths[axis] !== null && lengths[axis] !== shape[axis])
  if (starts.some((start, axis) => start !== 0 && !cut.includes(axis))) {
    return operation.refuse('it leaves samples out')
  }
  const ends = cut.map((axis) => (lengths[axis] === -1 ? toEnd : starts[axis]! + lengths[axis]!))
  if (cut.length === 0) return operation.give(operation.input(0))
  const bounds = [cut.map((axis) => starts[axis]!), ends, cut].map(builder.ints)
  operation.give(builder.emit('Slice', [operation.input(0), ...bounds]))
}

function pad(operation: OperationView): void {
  const { builder } = operation
  const layout: Layout = operation.commonLayout()
  const around = operation.numbers(1)
  const pads = [0, 1].flatMap((side) =>
    inLayout(
      layout,
      upTo(around.length / 2).map((axis) => around[2 * axis + side]!),
    ),
  )
  operation.give(builder.emit('Pad', [operation.input(0, layout), builder.ints(pads), operation.input(2)]), layout)
}

function concatenate(operation: OperationView): void {
  const parts = operation.count - 1
  const rank = operation.value(0).shape.length
  const axis = (operation.numbers(parts)[0]! + rank) % rank
  const layout = operation.commonLayout()
  const inputs = upTo(parts).map((input) => operation.input(input, layout))
  operation.give(operation.builder.emit('Concat', inputs, { axis: int(axisIn(layout, axis)) }), layout)
}
