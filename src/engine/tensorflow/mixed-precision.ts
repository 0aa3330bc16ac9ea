/**
 * The operations of a function that compute in bfloat16 in mixed precision, as PyTorch's autocast chooses them: convolutions and
 * matrix products; operations that only move, add, rectify, pool or normalise if their tensor is bfloat16 already; all others compute
 * in float32. Shapes, number formats and how TensorFlow's kernels add up decide, never measured times: results do not depend on the
 * load of the machine.
 */
import { sumsAreFloat32 } from './bfloat16-sums.ts'

/** An input of an operation. `format`: null where it is not a tensor of floats. */
export interface Operand {
  shape: readonly number[]
  format: 'float32' | 'bfloat16' | null
}

export interface Rule {
  applies(operands: readonly Operand[], attributes: Flags): boolean
  /** Number of inputs, counted from the first, that are converted; the others stay in float32. */
  inputs: number
}

/** Boolean attributes by name. */
type Flags = Readonly<Record<string, unknown>>

/** How an operation can compute in bfloat16; undefined: always in float32. */
export function ruleOf(operation: string): Rule | undefined {
  return sums.has(operation) && !sumsAreFloat32() ? undefined : rules[operation]
}

/** Operations whose kernels, where they are TensorFlow's own, add up in the format of the numbers; those of other products in float32. */
const sums = new Set(['AvgPool', 'Conv2DBackpropFilter', 'Conv2DBackpropInput'])

const product = (applies: Rule['applies'] = () => true): Rule => ({ applies, inputs: Infinity })

/** The format of one input: of the tensor that is worked on or, for a gradient, of the tensor that it is the gradient of. */
const like = (index: number, inputs = Infinity): Rule => ({
  applies: (operands) => operands[index]!.format === 'bfloat16',
  inputs,
})

/** With one array in float32 so is the result; single numbers do not count. */
const likeAll: Rule = {
  applies(operands) {
    const arrays = operands.filter(({ shape, format }) => format !== null && shape.length > 0)
    return arrays.length > 0 && arrays.every(({ format }) => format === 'bfloat16')
  },
  inputs: Infinity,
}

const rules: Readonly<Record<string, Rule>> = {
  Conv2D: product(),
  Conv2DBackpropInput: product(),
  Conv2DBackpropFilter: product(([, , dy]) => dy!.shape[1]! * dy!.shape[2]! > smallestMap),
  MatMul: product(([a, b], { transpose_a }) => isWorthwhile(a!, b!, transpose_a)),
  BatchMatMulV2: product(([a, b], { adj_x }) => isWorthwhile(a!, b!, adj_x)),

  Add: likeAll,
  AddN: likeAll,
  ConcatV2: likeAll,
  Mul: likeAll,
  Pack: likeAll,

  AvgPool: like(0),
  AvgPoolGrad: like(1),
  BiasAdd: like(0),
  ExpandDims: like(0),
  // Scale, offset and statistics stay float32.
  FusedBatchNormGradV3: like(1, 2),
  FusedBatchNormV3: like(0, 1),
  MaxPool: like(0),
  MaxPoolGrad: like(0),
  PadV2: like(0),
  Relu: like(0),
  ReluGrad: like(1),
  Reshape: like(0),
  Slice: like(0),
  StridedSlice: like(0),
  Transpose: like(0),
  Unpack: like(0),
}

/** Pixels of a map up to which the gradient of a filter takes longer in bfloat16 (decision 011). */
const smallestMap = 16

/** Multiply-adds up to which conversions cost as much as a product gains, and the least length of an axis: sums and single columns stay exact. */
const smallestProduct = 2 ** 22
const shortestAxis = 16

/** `transposed`: of the first factor. */
function isWorthwhile({ shape: a }: Operand, { shape: b }: Operand, transposed: unknown): boolean {
  const [rows, inner] = (transposed ? a.slice(-2).toReversed() : a.slice(-2)) as [number, number]
  const columns = (b.at(-1)! * b.at(-2)!) / inner
  const multiplyAdds = a.reduce((size, length) => size * length, columns)
  return multiplyAdds > smallestProduct && Math.min(rows, inner, columns) >= shortestAxis
}
