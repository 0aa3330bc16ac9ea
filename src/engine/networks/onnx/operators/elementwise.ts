import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import { absolute, broadcastTo, larger, relu, smaller, stopGradient, tf, type Tensor } from '../../../tf.ts'
import { largestFloat } from '../../float32.ts'
import { givesTruth, type ElementName, type Value } from '../graph/graph.ts'
import { GraphProblem } from '../graph/problem.ts'
import { broadcast, sizeOf } from '../graph/shapes.ts'
import { onEntries, plain } from './call.ts'
import { elementwise as computed } from './known.ts'
import { floatOf, intOf, knownOf } from './operands.ts'
import { operator, type Operands, type Operator } from './operator.ts'

type Parameters = Record<string, number>
/** A function of one number: of known numbers, and of tensors. */
interface Unary {
  /** Absent: it is left to run. */
  number?: (x: number) => number
  tensor: (x: Tensor, parameters: Parameters) => Tensor
  /** Attributes and their defaults. */
  attributes?: Parameters
  /** Absent: none is counted, as of what only compares, cuts or turns a sign. */
  operation?: 'relu' | 'sigmoid' | 'tanh' | 'exponential' | 'divide'
}

const clipped = (x: Tensor) => tf.clipByValue(x, 0, 1)

const unaries: Record<string, Unary> = {
  Relu: { number: (x) => Math.max(0, x), tensor: relu, operation: 'relu' },
  Sigmoid: { number: (x) => 1 / (1 + Math.exp(-x)), tensor: tf.sigmoid, operation: 'sigmoid' },
  Tanh: { number: Math.tanh, tensor: tf.tanh, operation: 'tanh' },
  Exp: { number: Math.exp, tensor: tf.exp, operation: 'exponential' },
  Log: { number: Math.log, tensor: tf.log, operation: 'exponential' },
  Sqrt: { number: Math.sqrt, tensor: tf.sqrt, operation: 'exponential' },
  Sin: { number: Math.sin, tensor: tf.sin, operation: 'exponential' },
  Cos: { number: Math.cos, tensor: tf.cos, operation: 'exponential' },
  Neg: { number: (x) => -x, tensor: tf.neg },
  Abs: { number: Math.abs, tensor: absolute },
  Reciprocal: { number: (x) => 1 / x, tensor: tf.reciprocal, operation: 'divide' },
  // What is computed of known numbers is of float32: 0.7 of 10 are 7.
  Floor: { number: (x) => Math.floor(Math.fround(x)), tensor: tf.floor },
  Ceil: { number: (x) => Math.ceil(Math.fround(x)), tensor: tf.ceil },
  Erf: { tensor: tf.erf, operation: 'exponential' },
  Not: { number: (x) => Number(x === 0), tensor: tf.logicalNot },
  IsNaN: { number: (x) => Number(Number.isNaN(x)), tensor: (x) => tf.isNaN(stopGradient(x)) },
  Softplus: { tensor: tf.softplus, operation: 'exponential' },
  Mish: { tensor: (x) => tf.mul(x, tf.tanh(tf.softplus(x))), operation: 'tanh' },
  HardSwish: { tensor: (x) => tf.mul(x, clipped(tf.add(tf.mul(x, 1 / 6), 0.5))), operation: 'relu' },
  HardSigmoid: {
    tensor: (x, { alpha, beta }) => clipped(tf.add(tf.mul(x, alpha!), beta!)),
    attributes: { alpha: 0.2, beta: 0.5 },
    operation: 'relu',
  },
  LeakyRelu: { tensor: (x, { alpha }) => tf.leakyRelu(x, alpha), attributes: { alpha: 0.01 }, operation: 'relu' },
  Elu: {
    tensor: (x, { alpha }) => tf.where(tf.greater(stopGradient(x), 0), x, tf.mul(tf.expm1(tf.minimum(x, 0)), alpha!)),
    attributes: { alpha: 1 },
    operation: 'exponential',
  },
}

const typeOf = ({ operator: name }: OnnxNode, [first]: Operands): ElementName =>
  givesTruth.has(name) ? 'bool' : first!.type

function unary({ number, tensor, attributes = {}, operation }: Unary): Operator {
  return operator<Parameters>({
    infer(node, inputs) {
      const settings = Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [key, floatOf(node, key, value)]),
      )
      return { outputs: [{ shape: inputs[0]!.shape, type: typeOf(node, inputs) }], settings }
    },
    ...(number && { compute: ([x]) => [Array.from(x!.known, (each) => number(each))] }),
    run: (call) => onEntries(call, (x) => tensor(x, call.settings)),
    operations: ({ outputs: [y] }) => (operation ? [{ kind: operation, sizes: { elements: sizeOf(y!.shape) } }] : []),
  })
}

interface Binary {
  /** `whole`: of whole numbers. */
  number(a: number, b: number, whole: boolean): number
  tensor: (a: Tensor, b: Tensor) => Tensor
  operation?: 'add' | 'subtract' | 'multiply' | 'divide'
  /** @throws GraphProblem where its attributes ask for another function. */
  check?(node: OnnxNode): void
}

function refuseFmod(node: OnnxNode): void {
  if (intOf(node, 'fmod', 0) === 1)
    throw new GraphProblem(
      'its remainders have the sign of the dividend (fmod)',
      'Use torch.remainder and export again.',
    )
}

/** Of whole numbers without what is left of them; tfjs rounds down. */
const quotient = (a: Tensor, b: Tensor) =>
  a.dtype === 'int32' ? tf.cast(tf.div(tf.cast(a, 'float32'), b), 'int32') : tf.div(a, b)

const binaries: Record<string, Binary> = {
  Add: { number: (a, b) => a + b, tensor: tf.add, operation: 'add' },
  Sub: { number: (a, b) => a - b, tensor: tf.sub, operation: 'subtract' },
  Mul: { number: (a, b) => a * b, tensor: tf.mul, operation: 'multiply' },
  Div: { number: (a, b, whole) => (whole ? Math.trunc(a / b) : a / b), tensor: quotient, operation: 'divide' },
  Mod: { number: (a, b) => ((a % b) + b) % b, tensor: tf.mod, check: refuseFmod },
  Pow: { number: (a, b) => a ** b, tensor: tf.pow, operation: 'multiply' },
  Max: { number: (a, b) => Math.max(a, b), tensor: larger },
  Min: { number: (a, b) => Math.min(a, b), tensor: smaller },
  Equal: { number: (a, b) => Number(a === b), tensor: tf.equal },
  Less: { number: (a, b) => Number(a < b), tensor: tf.less },
  LessOrEqual: { number: (a, b) => Number(a <= b), tensor: tf.lessEqual },
  Greater: { number: (a, b) => Number(a > b), tensor: tf.greater },
  GreaterOrEqual: { number: (a, b) => Number(a >= b), tensor: tf.greaterEqual },
  And: { number: (a, b) => Number(a !== 0 && b !== 0), tensor: tf.logicalAnd },
  Or: { number: (a, b) => Number(a !== 0 || b !== 0), tensor: tf.logicalOr },
}

const shapeOfAll = (inputs: Operands) => broadcast(...inputs.map((each) => each!.shape))

/** Max and Min take one or more operands, all others two. */
function binary(name: string, { number, tensor, operation, check }: Binary): Operator {
  return operator({
    infer(node, inputs) {
      check?.(node)
      return { outputs: [{ shape: shapeOfAll(inputs), type: typeOf(node, inputs) }] }
    },
    compute(all, { outputs: [y] }) {
      const whole = all[0]!.type === 'int32'
      return [computed((...values) => values.reduce((a, b) => number(a, b, whole)), all, y!.shape)]
    },
    run(call) {
      const { layout } = call
      // A truth has no gradient, which tfjs would look for.
      const all = givesTruth.has(name) ? call.inputs(layout).map(stopGradient) : call.inputs(layout)
      return [{ tensor: all.reduce((a, b) => tensor(a, b)), layout }]
    },
    operations: ({ outputs: [y] }) => (operation ? [{ kind: operation, sizes: { elements: sizeOf(y!.shape) } }] : []),
  })
}

const where = operator({
  infer: (_node, inputs) => ({ outputs: [{ shape: shapeOfAll(inputs), type: inputs[1]!.type }] }),
  compute: (all, { outputs: [y] }) => [computed((condition, a, b) => (condition === 0 ? b! : a!), all, y!.shape)],
  run(call) {
    const shape = call.shape()
    const [condition, x, y] = call.inputs('plain').map((each) => broadcastTo(each, shape))
    return plain(tf.where(condition!, x!, y!))
  },
})

const largestInt = 2 ** 31 - 1

/** Bounds are left out, or known. */
const clip = operator<{ low: number; high: number }>({
  infer(_node, [x, low, high]) {
    const largest = x!.type === 'int32' ? largestInt : largestFloat
    const bound = (value: Value | undefined, otherwise: number) =>
      Math.min(Math.max(value ? knownOf(value, 'a bound').known[0]! : otherwise, -largest), largest)
    const settings = { low: bound(low, -largest), high: bound(high, largest) }
    return { outputs: [{ shape: x!.shape, type: x!.type }], settings, operands: [0] }
  },
  compute: ([x], { settings: { low, high } }) => [Array.from(x!.known, (each) => Math.min(Math.max(each, low), high))],
  run: (call) => onEntries(call, (x) => tf.clipByValue(x, call.settings.low, call.settings.high)),
  operations: () => [{ kind: 'relu', sizes: {} }],
})

/** Slope of negative numbers, an array. */
const pRelu = operator({
  infer: (_node, [x]) => ({ outputs: [{ shape: x!.shape, type: x!.type }] }),
  run: (call) => onEntries(call, (x, slope) => tf.prelu(x, slope!)),
  operations: () => [{ kind: 'relu', sizes: {} }],
})

export const elementwise: Record<string, Operator> = {
  ...Object.fromEntries(Object.entries(unaries).map(([name, each]) => [name, unary(each)])),
  ...Object.fromEntries(Object.entries(binaries).map(([name, each]) => [name, binary(name, each)])),
  Where: where,
  Clip: clip,
  PRelu: pRelu,
  Identity: operator({ infer: (_node, [x]) => ({ outputs: [x!] }) }),
}
