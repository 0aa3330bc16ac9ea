import { numbersOf } from '../../../../onnx-file/model.ts'
import { filled, gatheredElements, scattered } from '../known.ts'
import { GraphProblem } from '../problem.ts'
import { axisOf, sizeOf } from '../shapes.ts'
import { intOf, isLive, knownOf, numbers, textOf, typeNames, type ElementName, type Value } from '../value.ts'
import { operator, type Operator } from './operator.ts'

const fixedValue = (shape: readonly number[], type: ElementName, known: ArrayLike<number>): { outputs: Value[] } => ({
  outputs: [{ shape, type, known }],
})

const constant = operator({
  infer({ attributes }) {
    const { value, value_int, value_float, value_ints, value_floats } = attributes
    if (value?.tensor) {
      const { tensor } = value
      const [type, known] = [typeNames[tensor.type], numbersOf(tensor)]
      if (type && known) return fixedValue(tensor.shape, type, known)
    }
    if (value_int) return fixedValue([], 'int32', [value_int.int!])
    if (value_float) return fixedValue([], 'float32', [value_float.float!])
    if (value_ints) return fixedValue([value_ints.ints.length], 'int32', value_ints.ints)
    if (value_floats) return fixedValue([value_floats.floats.length], 'float32', value_floats.floats)
    throw new GraphProblem('a constant that is no array of numbers')
  },
})

const shapeOf = operator({
  infer(node, [x]) {
    const rank = x!.shape.length
    const [start, end] = [intOf(node, 'start', 0), intOf(node, 'end', rank)]
    const sizes = x!.shape.slice(start, end)
    return fixedValue([sizes.length], 'int32', sizes)
  },
})

const range = operator({
  infer(_node, [first, limit, step]) {
    const [from, to, by] = [first, limit, step].map((each) => knownOf(each, 'a bound').data[0]!) as [
      number,
      number,
      number,
    ]
    const count = Math.max(0, Math.ceil((to - from) / by))
    const { shape } = filled([count], 0)
    return fixedValue(
      shape,
      first!.type,
      Array.from({ length: count }, (_, index) => from + index * by),
    )
  },
})

/** What is computed of shapes and constants alone, before anything runs. */
export const fixed: Record<string, Operator> = {
  Constant: constant,
  Shape: shapeOf,
  Size: operator({ infer: (_node, [x]) => fixedValue([], 'int32', [sizeOf(x!.shape)]) }),
  ConstantOfShape: operator({
    infer({ attributes: { value } }, [given]) {
      const { tensor } = value ?? {}
      const { shape, data } = filled(numbers(given, 'its shape'), tensor ? numbersOf(tensor)![0]! : 0)
      return fixedValue(shape, tensor ? typeNames[tensor.type]! : 'float32', data)
    },
  }),
  Range: range,
  GatherElements: operator({
    infer(node, [x, indices]) {
      const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
      const all = Array.from(knownOf(x, 'it').data)
      // Of one number everywhere: it does not matter where it is taken.
      if (isLive(indices) && all.every((each) => each === all[0]))
        return fixedValue(indices.shape, x!.type, filled(indices.shape, all[0]!).data)
      const { shape, data } = gatheredElements(knownOf(x, 'it'), knownOf(indices, 'its indices'), axis)
      return fixedValue(shape, x!.type, data)
    },
  }),
  ScatterND: operator({
    infer(node, [x, indices, updates]) {
      if (textOf(node, 'reduction', 'none') !== 'none') throw new GraphProblem('it adds or compares what it writes')
      const [array, at, by] = [x, indices, updates].map((each) => knownOf(each, 'it'))
      return fixedValue(x!.shape, x!.type, scattered(array!, at!, by!).data)
    },
  }),
}
