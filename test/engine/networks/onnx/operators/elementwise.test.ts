import { expect, it } from 'vitest'
import { tf } from '../../../../../src/engine/tf.ts'
import { expectClose } from '../../../../support/arrays.ts'
import { attribute, nodeLike } from '../../../../support/onnx-fixtures.ts'
import { macsOfNode, numbersGiven, operatorOf } from '../../../../support/onnx-operator.ts'
import '../../../../support/tensorflow.ts'

const { LN2, PI } = Math
const ln3 = Math.log(3)

function withFloats(operator: string, floats: Readonly<Record<string, number>> = {}) {
  const attributes = Object.fromEntries(Object.entries(floats).map(([key, float]) => [key, attribute({ float })]))
  return { ...nodeLike(operator, []), attributes }
}

it.each<[name: string, inputs: number[], outputs: number[]]>([
  ['Relu', [-1, 0, 2], [0, 0, 2]],
  ['Sigmoid', [0, ln3, -ln3], [0.5, 0.75, 0.25]],
  ['Tanh', [0, ln3 / 2, -ln3 / 2], [0, 0.5, -0.5]],
  ['Exp', [0, LN2], [1, 2]],
  ['Log', [1, Math.E ** 2], [0, 2]],
  ['Sqrt', [4, 0.25], [2, 0.5]],
  ['Sin', [PI / 2, PI / 6], [1, 0.5]],
  ['Cos', [0, PI / 3], [1, 0.5]],
  ['Neg', [1, -2], [-1, 2]],
  ['Abs', [1, -2], [1, 2]],
  ['Reciprocal', [4, -0.5], [0.25, -2]],
  ['Floor', [1.5, -1.5], [1, -2]],
  ['Ceil', [1.5, -1.5], [2, -1]],
])('%s of %j is %j, of numbers that are known before and of those that are not', (name, inputs, outputs) => {
  const node = nodeLike(name, [])
  const shape = [inputs.length]
  expectClose(numbersGiven(node, [{ shape, known: inputs }]), outputs, 1e-12)
  expectClose(operatorOf(node, shape)(tf.tensor(inputs)).dataSync(), outputs, 1e-6)
})

it.each<[name: string, floats: Record<string, number>, inputs: number[], outputs: number[]]>([
  ['Erf', {}, [0, 0.4769362762, -0.4769362762], [0, 0.5, -0.5]],
  ['Softplus', {}, [0, ln3], [LN2, 2 * LN2]],
  // tanh ln(1 + eˣ) = ((1 + eˣ)² − 1) / ((1 + eˣ)² + 1)
  ['Mish', {}, [0, LN2], [0, 0.8 * LN2]],
  ['HardSwish', {}, [-4, -1, 0, 1, 3, 6], [0, -1 / 3, 0, 2 / 3, 3, 6]],
  ['HardSigmoid', {}, [-3, 0, 1, 3], [0, 0.5, 0.7, 1]],
  ['HardSigmoid', { alpha: 0.5, beta: 0.25 }, [-1, 0, 1, 2], [0, 0.25, 0.75, 1]],
  ['LeakyRelu', {}, [-2, 3], [-0.02, 3]],
  ['LeakyRelu', { alpha: 0.5 }, [-2, 3], [-1, 3]],
  ['Elu', {}, [-LN2, 1, 0], [-0.5, 1, 0]],
  ['Elu', { alpha: 4 }, [-LN2, 1, 0], [-2, 1, 0]],
])('%s with %j of %j is %j', (name, floats, inputs, outputs) => {
  const given = operatorOf(withFloats(name, floats), [inputs.length])
  expectClose(given(tf.tensor(inputs)).dataSync(), outputs, 1e-6)
})

it.each<[name: string, first: number[], second: number[], outputs: number[]]>([
  ['Add', [1, 2], [10, -20], [11, -18]],
  ['Sub', [1, 2], [10, -20], [-9, 22]],
  ['Mul', [3, 2], [10, -20], [30, -40]],
  ['Div', [3, -3], [2, 2], [1.5, -1.5]],
  ['Mod', [-1, 4, 7], [3, 3, 4], [2, 1, 3]],
  ['Pow', [2, 9], [3, 0.5], [8, 3]],
  ['Max', [1, 5], [3, 4], [3, 5]],
  ['Min', [1, 5], [3, 4], [1, 4]],
  ['Equal', [1, 2, 3], [2, 2, 2], [0, 1, 0]],
  ['Less', [1, 2, 3], [2, 2, 2], [1, 0, 0]],
  ['LessOrEqual', [1, 2, 3], [2, 2, 2], [1, 1, 0]],
  ['Greater', [1, 2, 3], [2, 2, 2], [0, 0, 1]],
  ['GreaterOrEqual', [1, 2, 3], [2, 2, 2], [0, 1, 1]],
])(
  '%s of %j and %j is %j, of numbers that are known before and of those that are not',
  (name, first, second, outputs) => {
    const node = nodeLike(name, [])
    const given = [first, second].map((known) => ({ shape: [known.length], known }))
    expect(numbersGiven(node, given)).toEqual(outputs)
    expectClose(operatorOf(node, [first.length], [given[1]!])(tf.tensor(first)).dataSync(), outputs, 1e-6)
  },
)

it.each([
  ['And', [0, 0, 0, 1]],
  ['Or', [0, 1, 1, 1]],
])('%s of truths is %j, of those that are known before and of those that are not', (name, outputs) => {
  const node = nodeLike(name, [])
  const [first, second] = [[0, 0, 1, 1], [0, 1, 0, 1]] // prettier-ignore
  const given = [first!, second!].map((known) => ({ shape: [4], known }))
  expect(numbersGiven(node, given, 'bool')).toEqual(outputs)
  const found = operatorOf(node, [4], [given[1]!], 'bool')(tf.tensor(first!, [4], 'bool'))
  expect([found.dtype, Array.from(found.dataSync())]).toEqual(['bool', outputs])
})

it('the opposite of a truth, and what is not a number, are known where the numbers are', () => {
  expect(numbersGiven(nodeLike('Not', []), [{ shape: [2], known: [1, 0] }], 'bool')).toEqual([0, 1])
  expect(numbersGiven(nodeLike('IsNaN', []), [{ shape: [2], known: [NaN, 1] }])).toEqual([1, 0])
  const opposite = operatorOf(nodeLike('Not', []), [2], [], 'bool')(tf.tensor([1, 0], [2], 'bool'))
  expect(Array.from(opposite.dataSync())).toEqual([0, 1])
})

it('known whole numbers are divided without what is left', () => {
  const given = [[-3, 3, 7], [2, 2, 4]].map((known) => ({ shape: [3], known })) // prettier-ignore
  expect(numbersGiven(nodeLike('Div', []), given, 'int32')).toEqual([-1, 1, 1])
})

it('the least and the largest are of one operand or of many', () => {
  const [a, b, c] = [[1, 5], [3, 4], [2, 9]].map((known) => ({ shape: [2], known })) // prettier-ignore
  const of = (name: string, ...others: { shape: number[]; known: number[] }[]) =>
    Array.from(operatorOf(nodeLike(name, []), [2], others)(tf.tensor(a!.known)).dataSync())
  expect([of('Max'), of('Max', b!, c!), of('Min', b!, c!)]).toEqual([[1, 5], [3, 9], [1, 4]]) // prettier-ignore
  expect(numbersGiven(nodeLike('Max', []), [a!, b!, c!])).toEqual([3, 9])
})

it('operands broadcast, those of a choice as well', () => {
  const [column, row] = [
    { shape: [2, 1], known: [1, 0] },
    { shape: [3], known: [1, 2, 3] },
  ]
  expect(numbersGiven(nodeLike('Sub', []), [column, row])).toEqual([0, -1, -2, -1, -2, -3])
  const choice = nodeLike('Where', [])
  const others = [row, { shape: [], known: [-7] }]
  expect(numbersGiven(choice, [{ ...column, type: 'bool' }, ...others])).toEqual([1, 2, 3, -7, -7, -7])
  const given = others.map((each) => ({ ...each, type: 'float32' as const }))
  const chosen = operatorOf(choice, [2, 1], given, 'bool')(tf.tensor([1, 0], [2, 1], 'bool'))
  expect([chosen.shape, Array.from(chosen.dataSync())]).toEqual([[2, 3], [1, 2, 3, -7, -7, -7]]) // prettier-ignore
  expect(() => operatorOf(nodeLike('Add', []), [2], [{ shape: [3] }])).toThrow('[2] and [3] do not fit')
})

it('numbers are cut off at bounds that are known before', () => {
  const bounds = [-1, 2].map((each) => ({ shape: [], known: [each] }))
  expect(numbersGiven(nodeLike('Clip', []), [{ shape: [4], known: [-3, -1, 0.5, 3] }, ...bounds])).toEqual([
    ...[-1, -1, 0.5, 2],
  ])
  const cut = operatorOf(nodeLike('Clip', []), [3], bounds)
  expect(Array.from(cut(tf.tensor([-3, 0.5, 3])).dataSync())).toEqual([-1, 0.5, 2])
  expect(() => operatorOf(nodeLike('Clip', []), [3], [{ shape: [] }])).toThrow('a bound depends on the samples')
})

it('numbers below 0 are scaled by slopes of their channels', () => {
  const scaled = operatorOf(nodeLike('PRelu', []), [2, 2], [{ shape: [2] }])
  const y = scaled(tf.tensor([-1, -1, 2, -2], [2, 2]), tf.tensor([0.5, 0.25]))
  expect(Array.from(y.dataSync())).toEqual([-0.5, -0.25, 2, -0.5])
})

it('each entry of the output costs one multiply-add where something is computed of it, as fvcore counts', () => {
  const [x, row] = [{ shape: [2, 1] }, { shape: [3] }]
  const one = 'Sigmoid Tanh Exp Log Sqrt Sin Cos Reciprocal Erf Softplus Mish Elu'.split(' ')
  for (const name of one) expect(macsOfNode(nodeLike(name, []), [{ shape: [2, 3] }]), name).toBe(6)
  const none = 'Relu Neg Abs Floor Ceil Not IsNaN HardSwish HardSigmoid LeakyRelu Clip Identity'.split(' ')
  for (const name of none) expect(macsOfNode(nodeLike(name, []), [{ shape: [2, 3] }]), name).toBe(0)
  for (const name of ['Add', 'Sub', 'Mul', 'Div', 'Pow']) expect(macsOfNode(nodeLike(name, []), [x, row]), name).toBe(6)
  for (const name of ['Mod', 'Max', 'Min', 'Equal', 'Less', 'And', 'Or', 'PRelu'])
    expect(macsOfNode(nodeLike(name, []), [x, row]), name).toBe(0)
})
