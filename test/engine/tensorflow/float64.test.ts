import { expect, it } from 'vitest'
import { inFloat64, tf, traced } from '../../../src/engine/tf.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

/** 1 + 2⁻⁴⁰ − 1, which 32 bits round to 0. */
const small = () =>
  inFloat64(({ of, add, sub, rounded }) => {
    const one = of(tf.scalar(1))
    return rounded(sub(add(one, of(tf.scalar(2 ** -40))), one))
  })

it('computes in 64 bits and keeps only the result', () => {
  const handles = tensorFlow.liveHandles()
  const result = tf.tidy(small)
  expect(result.dataSync()).toEqual(Float32Array.of(2 ** -40))
  result.dispose()
  expect(tensorFlow.liveHandles()).toBe(handles)
})

it('computes in 64 bits in a traced function as well', async () => {
  const fn = traced('small', () => ({ result: small() }))
  const { result } = await fn.run({})
  expect(await result!.data()).toEqual(Float32Array.of(2 ** -40))
  result!.dispose()
  fn.dispose()
})

it('has the eigenvalues of a symmetric matrix, ascending', () => {
  tf.tidy(() => {
    const matrix = tf.tensor2d([2, 1, 1, 2], [2, 2])
    const values = inFloat64(({ of, eigenvalues, rounded }) => rounded(eigenvalues(of(matrix))))
    expect(Array.from(values.dataSync(), (value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 3])
  })
})

it('frees its tensors where an operation fails', () => {
  const handles = tensorFlow.liveHandles()
  tf.tidy(() => {
    const [row, rows] = [tf.ones([1, 2]), tf.ones([3, 3])]
    expect(() => inFloat64(({ of, matMul, rounded }) => rounded(matMul(of(row), of(rows))))).toThrow('MatMul')
  })
  expect(tensorFlow.liveHandles()).toBe(handles)
})
