import type { Attribute } from './attribute.ts'
import { attribute } from './attribute.ts'
import type { Runtime } from './runtime.ts'
import { openRuntime } from './runtime.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'

/** A tensor of 64-bit floats. tfjs has no type for it, so it is TensorFlow's alone; it lives as long as the computation. */
export interface Float64 {
  id: number
  shape: readonly number[]
}

/** Computations with 64-bit floats. Shapes broadcast as TensorFlow's do. */
export interface Float64Arithmetic {
  of(x: Tensor): Float64
  /** Conversion to float32 for tfjs, rounded. */
  rounded(x: Float64): Tensor
  add(a: Float64, b: Float64): Float64
  sub(a: Float64, b: Float64): Float64
  mul(a: Float64, b: Float64): Float64
  div(a: Float64, b: Float64): Float64
  exp(x: Float64): Float64
  log(x: Float64): Float64
  /** Over one axis, which stays with length 1. */
  sum(x: Float64, axis: number): Float64
  max(x: Float64, axis: number): Float64
  reshape(x: Float64, shape: readonly number[]): Float64
  matMul(a: Float64, b: Float64, transposed?: { a?: boolean; b?: boolean }): Float64
  /** Of a symmetric matrix [n, n], ascending: [n]. */
  eigenvalues(matrix: Float64): Float64
}

/** Computes with 64-bit floats, where rounding to 32 would show; traced or not. */
export function inFloat64<T>(body: (arithmetic: Float64Arithmetic) => T): T {
  const runtime = openRuntime()
  const { idOf } = runtime.backend
  const { run, wrap, dispose } = openScope(runtime)
  const binary = (name: string) => (a: Float64, b: Float64) => run(name, [float64], [a.id, b.id])
  const unary = (name: string) => (x: Float64) => run(name, [float64], [x.id])
  const reduction = (name: string) => (x: Float64, axis: number) =>
    run(name, [float64, axisType, attribute.bool('keep_dims', true)], [x.id, idOf(tf.scalar(axis, 'int32'))])
  try {
    return body({
      of: (x) => run('Cast', [attribute.type('SrcT', x.dtype as 'float32'), destination('float64')], [idOf(x)]),
      rounded: (x) => wrap('Cast', [attribute.type('SrcT', 'float64'), destination('float32')], [x.id]),
      add: binary('AddV2'),
      sub: binary('Sub'),
      mul: binary('Mul'),
      div: binary('RealDiv'),
      exp: unary('Exp'),
      log: unary('Log'),
      sum: reduction('Sum'),
      max: reduction('Max'),
      reshape: (x, shape) => run('Reshape', [float64, shapeType], [x.id, idOf(tf.tensor1d([...shape], 'int32'))]),
      matMul: (a, b, transposed = {}) =>
        run('MatMul', [float64, transpose('a', transposed.a), transpose('b', transposed.b)], [a.id, b.id]),
      eigenvalues: ({ id }) => run('SelfAdjointEigV2', [float64, attribute.bool('compute_v', false)], [id], 2),
    })
  } finally {
    dispose()
  }
}

const float64 = attribute.type('T', 'float64')
const shapeType = attribute.type('Tshape', 'int32')
const axisType = attribute.type('Tidx', 'int32')
const destination = (type: 'float32' | 'float64') => attribute.type('DstT', type)
const transpose = (side: 'a' | 'b', on = false) => attribute.bool(`transpose_${side}`, on)

/** Runs operations and records the tensors to free at the end. */
function openScope({ binding, backend }: Runtime) {
  const owned: number[] = []
  return {
    run(name: string, attributes: Attribute[], inputs: number[], outputs = 1): Float64 {
      const results = binding.executeOp(name, attributes, inputs, outputs)
      owned.push(...results.map(({ id }) => id))
      return results[0]!
    },
    wrap: (name: string, attributes: Attribute[], inputs: number[]) =>
      backend.wrap(binding.executeOp(name, attributes, inputs, 1)[0]!),
    dispose: () => owned.forEach((id) => binding.deleteTensor(id)),
  }
}
