import { axisIn } from '../builder.ts'
import { int, ints, type Operator } from './operator.ts'

/** Sums and the like along axes. */
export const alongAxes: Readonly<Record<string, Operator>> = {
  Softmax(operation) {
    operation.give(operation.builder.emit('Softmax', [operation.input(0)], { axis: int(-1) }))
  },
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Sum: reduction('ReduceSum'),
  Cumsum(operation) {
    const flags = ['exclusive', 'reverse'].map((name) => [name, int(Number(operation.attribute<boolean>(name)))])
    const sums = operation.builder.emit('CumSum', [operation.input(0), operation.input(1)], Object.fromEntries(flags))
    operation.give(sums)
  },
}

function reduction(type: 'ReduceMean' | 'ReduceMax' | 'ReduceSum'): Operator {
  return (operation) => {
    const rank = operation.value(0).shape.length
    const axes = operation.numbers(1).map((axis) => (axis + rank) % rank)
    const keepsAxes = operation.attribute<boolean>('keep_dims')
    // Without height and width, both layouts are [batch, channels].
    const canBeMap = keepsAxes || axes.toSorted().join() === '1,2'
    const layout = canBeMap ? operation.commonLayout() : 'plain'
    const { builder } = operation
    const [x, reducedAxes] = [operation.input(0, layout), axes.map((axis) => axisIn(layout, axis))]
    const keepdims = int(Number(keepsAxes))
    // In this version of ONNX, a sum alone takes its axes as an input.
    const reduced =
      type === 'ReduceSum'
        ? builder.emit(type, [x, builder.ints(reducedAxes)], { keepdims })
        : builder.emit(type, [x], { axes: ints(reducedAxes), keepdims })
    operation.give(reduced, keepsAxes ? layout : 'plain')
  }
}
