import { inLayout } from '../builder.ts'
import type { OperationView } from '../operation-view.ts'
import { ints, type Operator } from './operator.ts'

/** The same entries in another shape or order. */
export const shapes: Readonly<Record<string, Operator>> = {
  Reshape: reshape,
  ExpandDims: reshape,
  Squeeze: reshape,
  Transpose: transpose,
  Tile(operation) {
    const [from, to] = [operation.value(0).shape, operation.result.shape]
    const isExpanded = to.every((size, axis) => from[axis] === size || from[axis] === 1)
    const { builder } = operation
    if (isExpanded && !to.slice(1).includes(null)) return operation.give(builder.expanded(operation.input(0), to))
    operation.give(builder.emit('Tile', [operation.input(0), builder.ints(operation.numbers(1))]))
  },
}

function reshape(operation: OperationView): void {
  const sizes = operation.result.shape
  const { shape } = operation.value(0)
  if (shape.join() === sizes.join()) {
    const layout = operation.commonLayout()
    return operation.give(operation.input(0, layout), layout)
  }
  if (sizes.filter((size) => size === null).length > 1) {
    return operation.refuse('several axes of its result depend on the number of samples')
  }
  const target = operation.builder.ints(sizes.map((size) => size ?? -1))
  operation.give(operation.builder.emit('Reshape', [operation.input(0), target]))
}

/** A map with its channels first is one already, in the other layout. */
function transpose(operation: OperationView): void {
  const axes = operation.numbers(1)
  if (axes.join() === inLayout('channels-first', [0, 1, 2, 3]).join()) {
    return operation.give(operation.input(0, 'channels-first'))
  }
  operation.give(operation.builder.emit('Transpose', [operation.input(0)], { perm: ints(axes) }))
}
