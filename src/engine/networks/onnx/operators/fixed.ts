import { numbersOf } from '../../../../shared/onnx-file/model.ts'
import { isLive, type ElementName } from '../graph/graph.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
import { axisOf, sizeOf } from '../graph/shapes.ts'
import { filled, gatheredElements, scattered } from './known.ts'
import { intOf, knownOf, numbers, textOf, typeNames } from './operands.ts'
import { knownResult, operator, type Operator } from './operator.ts'

const vector = (numbers: readonly number[], type: ElementName) => knownResult([numbers.length], type, numbers)

const constant = operator({
  infer({ attributes }) {
    const names = Object.keys(attributes)
    if (names.length > 1) throw wrongly(`it has ${names.join(' and ')}`, `one of them`)
    const { value, value_int, value_float, value_ints, value_floats } = attributes
    if (value?.tensor) {
      const { tensor } = value
      const [type, known] = [typeNames[tensor.type], numbersOf(tensor)]
      if (type && known) return knownResult(tensor.shape, type, known)
    }
    if (value_int) return knownResult([], 'int32', [value_int.int!])
    if (value_float) return knownResult([], 'float32', [value_float.float!])
    if (value_ints) return vector(value_ints.ints, 'int32')
    if (value_floats) return vector(value_floats.floats, 'float32')
    throw new GraphProblem('a constant that is no array of numbers')
  },
})

const shapeOf = operator({
  infer(node, [x]) {
    const rank = x!.shape.length
    const [start, end] = [intOf(node, 'start', 0), intOf(node, 'end', rank)]
    return vector(x!.shape.slice(start, end), 'int32')
  },
})

const range = operator({
  infer(_node, [first, limit, step]) {
    const [from, to, by] = [first, limit, step].map((each) => knownOf(each, 'a bound').known[0]!)
    const count = Math.max(0, Math.ceil((to! - from!) / by!))
    return vector(
      filled([count], from!).map((each, index) => each + index * by!),
      first!.type,
    )
  },
})

/** What is computed of shapes and constants alone, before anything runs. */
export const fixed: Record<string, Operator> = {
  Constant: constant,
  Shape: shapeOf,
  Size: operator({ infer: (_node, [x]) => knownResult([], 'int32', [sizeOf(x!.shape)]) }),
  ConstantOfShape: operator({
    infer({ attributes: { value } }, [given]) {
      const { tensor } = value ?? {}
      const shape = numbers(given, 'its shape')
      const known = filled(shape, tensor ? numbersOf(tensor)![0]! : 0)
      return knownResult(shape, tensor ? typeNames[tensor.type]! : 'float32', known)
    },
  }),
  Range: range,
  GatherElements: operator({
    infer(node, [x, indices]) {
      const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
      const all = numbers(x, 'it')
      // Of one number everywhere: it does not matter where it is taken.
      if (isLive(indices) && all.every((each) => each === all[0]))
        return knownResult(indices.shape, x!.type, filled(indices.shape, all[0]!))
      const known = gatheredElements(knownOf(x, 'it'), knownOf(indices, 'its indices'), axis)
      return knownResult(indices!.shape, x!.type, known)
    },
  }),
  ScatterND: operator({
    infer(node, [x, indices, updates]) {
      if (textOf(node, 'reduction', 'none') !== 'none') throw new GraphProblem('it adds or compares what it writes')
      const [array, at, by] = [x, indices, updates].map((each) => knownOf(each, 'it'))
      return knownResult(x!.shape, x!.type, scattered(array!, at!, by!))
    },
  }),
}
