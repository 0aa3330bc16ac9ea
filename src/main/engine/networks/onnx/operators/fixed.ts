import { numbersOf } from '../../../../onnx-file/model.ts'
import { filled, gatheredElements, scattered, type Known } from '../known.ts'
import { GraphProblem } from '../problem.ts'
import { axisOf, sizeOf } from '../shapes.ts'
import { intOf, isLive, knownOf, numbers, textOf, typeNames } from '../value.ts'
import { knownResult, operator, type Operator } from './operator.ts'

const vector = (data: readonly number[]): Known => ({ shape: [data.length], data })

const constant = operator({
  infer({ attributes }) {
    const { value, value_int, value_float, value_ints, value_floats } = attributes
    if (value?.tensor) {
      const { tensor } = value
      const [type, data] = [typeNames[tensor.type], numbersOf(tensor)]
      if (type && data) return knownResult({ shape: tensor.shape, data }, type)
    }
    if (value_int) return knownResult({ shape: [], data: [value_int.int!] }, 'int32')
    if (value_float) return knownResult({ shape: [], data: [value_float.float!] }, 'float32')
    if (value_ints) return knownResult(vector(value_ints.ints), 'int32')
    if (value_floats) return knownResult(vector(value_floats.floats), 'float32')
    throw new GraphProblem('a constant that is no array of numbers')
  },
})

const shapeOf = operator({
  infer(node, [x]) {
    const rank = x!.shape.length
    const [start, end] = [intOf(node, 'start', 0), intOf(node, 'end', rank)]
    const sizes = x!.shape.slice(start, end)
    return knownResult(vector(sizes), 'int32')
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
    const { data } = filled([count], from)
    return knownResult(vector(Array.from(data, (each, index) => each + index * by)), first!.type)
  },
})

/** What is computed of shapes and constants alone, before anything runs. */
export const fixed: Record<string, Operator> = {
  Constant: constant,
  Shape: shapeOf,
  Size: operator({ infer: (_node, [x]) => knownResult({ shape: [], data: [sizeOf(x!.shape)] }, 'int32') }),
  ConstantOfShape: operator({
    infer({ attributes: { value } }, [given]) {
      const { tensor } = value ?? {}
      const array = filled(numbers(given, 'its shape'), tensor ? numbersOf(tensor)![0]! : 0)
      return knownResult(array, tensor ? typeNames[tensor.type]! : 'float32')
    },
  }),
  Range: range,
  GatherElements: operator({
    infer(node, [x, indices]) {
      const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
      const all = Array.from(knownOf(x, 'it').data)
      // Of one number everywhere: it does not matter where it is taken.
      if (isLive(indices) && all.every((each) => each === all[0]))
        return knownResult(filled(indices.shape, all[0]!), x!.type)
      return knownResult(gatheredElements(knownOf(x, 'it'), knownOf(indices, 'its indices'), axis), x!.type)
    },
  }),
  ScatterND: operator({
    infer(node, [x, indices, updates]) {
      if (textOf(node, 'reduction', 'none') !== 'none') throw new GraphProblem('it adds or compares what it writes')
      const [array, at, by] = [x, indices, updates].map((each) => knownOf(each, 'it'))
      return knownResult(scattered(array!, at!, by!), x!.type)
    },
  }),
}
