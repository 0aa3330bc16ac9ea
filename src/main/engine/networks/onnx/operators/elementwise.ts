import { relu, stopGradient, tf, type Tensor } from '../../../tf.ts'
import { finite, largestFloat } from '../../float32.ts'
import { onEntries, plain } from '../call.ts'
import { elementwise as computed } from '../known.ts'
import { GraphProblem } from '../problem.ts'
import { broadcast, sizeOf } from '../shapes.ts'
import { floatOf, intOf, isLive, knownOf, type Value } from '../value.ts'
import { knownResult, operator, type Operator } from './operator.ts'
import type { OnnxNode } from '../../../../onnx-file/model.ts'

type Parameters = Record<string, number>
/** A function of one number: of known numbers, and of tensors. */
interface Unary {
  number?: (x: number) => number
  tensor?: (x: Tensor, parameters: Parameters) => Tensor
  /** Attributes and their defaults. */
  attributes?: Parameters
  operation?: 'relu' | 'sigmoid' | 'tanh' | 'exponential'
  gives?: 'bool'
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
  Abs: { number: Math.abs, tensor: tf.abs },
  Reciprocal: { number: (x) => 1 / x, tensor: tf.reciprocal },
  Floor: { number: Math.floor, tensor: tf.floor },
  Ceil: { number: Math.ceil, tensor: tf.ceil },
  Erf: { tensor: tf.erf, operation: 'exponential' },
  Not: { number: (x) => Number(x === 0), tensor: tf.logicalNot, gives: 'bool' },
  Softplus: { tensor: tf.softplus, operation: 'exponential' },
  Mish: { tensor: (x) => tf.mul(x, tf.tanh(tf.softplus(x))), operation: 'tanh' },
  HardSwish: { tensor: (x) => tf.mul(x, clipped(tf.add(tf.mul(x, 1 / 6), 0.5))), operation: 'sigmoid' },
  HardSigmoid: {
    tensor: (x, { alpha, beta }) => clipped(tf.add(tf.mul(x, alpha!), beta!)),
    attributes: { alpha: 0.2, beta: 0.5 },
    operation: 'sigmoid',
  },
  LeakyRelu: { tensor: (x, { alpha }) => tf.leakyRelu(x, alpha), attributes: { alpha: 0.01 }, operation: 'sigmoid' },
  Elu: {
    tensor: (x, { alpha }) => tf.where(tf.greater(stopGradient(x), 0), x, tf.mul(tf.expm1(tf.minimum(x, 0)), alpha!)),
    attributes: { alpha: 1 },
    operation: 'sigmoid',
  },
}

function unary({ number, tensor, attributes = {}, operation, gives }: Unary): Operator {
  return operator<Parameters>({
    infer(node, [x]) {
      const type = gives ?? x!.type
      if (!isLive(x) && number) return knownResult(computed(number, knownOf(x, 'it')), type)
      if (!tensor) throw new GraphProblem('it is computed of values that depend on the samples')
      const settings = Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [key, floatOf(node, key, value)]),
      )
      return { outputs: [{ shape: x!.shape, type }], settings }
    },
    ...(tensor && { run: (call) => onEntries(call, (x) => tensor(x, call.settings)) }),
    operations: ({ output }) => (operation ? [{ kind: operation, sizes: { elements: sizeOf(output()) } }] : []),
  })
}

interface Binary {
  /** `whole`: of whole numbers. */
  number(a: number, b: number, whole: boolean): number
  tensor: (a: Tensor, b: Tensor) => Tensor
  operation?: 'add' | 'subtract' | 'multiply'
  gives?: 'bool'
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

const binaries: Record<string, Binary> = {
  Add: { number: (a, b) => a + b, tensor: tf.add, operation: 'add' },
  Sub: { number: (a, b) => a - b, tensor: tf.sub, operation: 'subtract' },
  Mul: { number: (a, b) => a * b, tensor: tf.mul, operation: 'multiply' },
  Div: { number: (a, b, whole) => (whole ? Math.trunc(a / b) : a / b), tensor: tf.div },
  Mod: { number: (a, b) => ((a % b) + b) % b, tensor: tf.mod, check: refuseFmod },
  Pow: { number: (a, b) => a ** b, tensor: tf.pow },
  Max: { number: (a, b) => Math.max(a, b), tensor: tf.maximum },
  Min: { number: (a, b) => Math.min(a, b), tensor: tf.minimum },
  Equal: { number: (a, b) => Number(a === b), tensor: tf.equal, gives: 'bool' },
  Less: { number: (a, b) => Number(a < b), tensor: tf.less, gives: 'bool' },
  LessOrEqual: { number: (a, b) => Number(a <= b), tensor: tf.lessEqual, gives: 'bool' },
  Greater: { number: (a, b) => Number(a > b), tensor: tf.greater, gives: 'bool' },
  GreaterOrEqual: { number: (a, b) => Number(a >= b), tensor: tf.greaterEqual, gives: 'bool' },
  And: { number: (a, b) => Number(a !== 0 && b !== 0), tensor: tf.logicalAnd, gives: 'bool' },
  Or: { number: (a, b) => Number(a !== 0 || b !== 0), tensor: tf.logicalOr, gives: 'bool' },
}

/** Max and Min take one or more operands, all others two. */
function binary({ number, tensor, operation, gives, check }: Binary): Operator {
  return operator({
    infer(node, inputs) {
      const [x] = inputs
      check?.(node)
      const type = gives ?? x!.type
      if (inputs.some(isLive)) return { outputs: [{ shape: broadcast(...inputs.map((each) => each!.shape)), type }] }
      const whole = x!.type === 'int32'
      const all = inputs.map((each) => knownOf(each, 'it'))
      const both = (...two: number[]) => number(two[0]!, two[1]!, whole)
      return knownResult(
        all.reduce((a, b) => computed(both, a, b)),
        type,
      )
    },
    run(call) {
      const { layout } = call
      // A truth has no gradient, which tfjs would look for.
      const all = gives === 'bool' ? call.inputs(layout).map(stopGradient) : call.inputs(layout)
      return [{ tensor: all.reduce((a, b) => tensor(a, b)), layout }]
    },
    // Biases and scales by arrays or constants are free, as a layer's own are.
    operations: ({ inputs, output, isFixed }) =>
      operation && !inputs.some(isFixed) ? [{ kind: operation, sizes: { elements: sizeOf(output()) } }] : [],
  })
}

const where = operator({
  infer(_node, inputs) {
    const [, x] = inputs
    if (inputs.some(isLive))
      return { outputs: [{ shape: broadcast(...inputs.map((each) => each!.shape)), type: x!.type }] }
    const all = inputs.map((each) => knownOf(each, 'it'))
    return knownResult(
      computed((condition, a, b) => (condition === 0 ? b! : a!), ...all),
      x!.type,
    )
  },
  run(call) {
    const shape = call.shape()
    const [condition, x, y] = call.inputs('plain').map((each) => tf.broadcastTo(each, shape))
    return plain(tf.where(condition!, x!, y!))
  },
})

/** Bounds are numbers or null. */
const clip = operator<{ low: number; high: number }>({
  infer(node, [x, low, high]) {
    const bound = (value: Value | undefined, name: string, otherwise: number) =>
      finite(value ? knownOf(value, 'a bound').data[0]! : floatOf(node, name, otherwise))
    const [least, most] = [bound(low, 'min', -largestFloat), bound(high, 'max', largestFloat)]
    if (isLive(x))
      return { outputs: [{ shape: x.shape, type: x.type }], settings: { low: least, high: most }, operands: [0] }
    const within = (each: number) => Math.min(Math.max(each, least), most)
    return knownResult(computed(within, knownOf(x, 'it')), x!.type)
  },
  run: (call) => onEntries(call, (x) => tf.clipByValue(x, call.settings.low, call.settings.high)),
  operations: ({ output }) => [{ kind: 'sigmoid', sizes: { elements: sizeOf(output()) } }],
})

/** Slope of negative numbers, an array. */
const pRelu = operator({
  infer: (_node, [x]) => ({ outputs: [{ shape: x!.shape, type: x!.type }] }),
  run: (call) => onEntries(call, (x, slope) => tf.prelu(x, slope!)),
  operations: ({ output }) => [{ kind: 'sigmoid', sizes: { elements: sizeOf(output()) } }],
})

export const elementwise: Record<string, Operator> = {
  ...Object.fromEntries(Object.entries(unaries).map(([name, each]) => [name, unary(each)])),
  ...Object.fromEntries(Object.entries(binaries).map(([name, each]) => [name, binary(each)])),
  Where: where,
  Clip: clip,
  PRelu: pRelu,
  Identity: operator({ infer: (_node, [x]) => ({ outputs: [x!] }) }),
}
