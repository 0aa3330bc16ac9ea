import { describe, expect, it } from 'vitest'
import { maxPool, tf, traced } from '../../../src/engine/tf.ts'
import '../../support/tensorflow.ts'

const pool = (x: Parameters<typeof maxPool>[0]) => maxPool(x, { window: 3, stride: 2, padding: 1 })
/** 1 … 16 in a square; with `sign` −1 the border, were it padded with zeros, would win. */
const square = (sign: 1 | -1) =>
  tf.tensor4d(
    Array.from({ length: 16 }, (_, i) => sign * (i + 1)),
    [1, 4, 4, 1],
  )

describe('max-pooling', () => {
  it.each([
    { sign: 1 as const, values: [6, 8, 14, 16] },
    { sign: -1 as const, values: [-1, -2, -5, -6] },
  ])('takes the largest of each window, and sends its gradient there (sign $sign)', async ({ sign, values }) => {
    const body = ({ x }: Record<string, ReturnType<typeof square>>) => {
      const gradient = tf.grad((input) => tf.sum(tf.mul(pool(input), tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]))))(x!)
      return { output: pool(x!), gradient }
    }
    const x = square(sign)
    const { output, gradient } = await traced('max-pool', body as never).run({ x })
    expect(output!.shape).toEqual([1, 2, 2, 1])
    expect([...(await output!.data())]).toEqual(values)
    const expected = Array.from({ length: 16 }, (_, i) => values.indexOf(sign * (i + 1)) + 1)
    expect([...(await gradient!.data())]).toEqual(expected)
    tf.dispose([x, output!, gradient!])
  })

  it('halves odd sides, rounded up, as PyTorch does', () => {
    const shape = tf.tidy(() => pool(tf.zeros([2, 7, 5, 3])).shape)
    expect(shape).toEqual([2, 4, 3, 3])
  })
})
