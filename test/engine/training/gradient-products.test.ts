import { expect, it } from 'vitest'
import '../../support/tensorflow.ts'
import { tf, traced } from '../../../src/engine/tf.ts'
import { onOneTape } from '../../../src/engine/training/gradient-products.ts'

it('differentiates several scalars through one pass, which runs once', async () => {
  let passes = 0
  const both = traced('one-tape-test', ({ x, y }) => {
    const gradients = onOneTape(x!, (gradientsOf) => {
      passes++
      const product = tf.mul(x!, y!)
      const scalars = [tf.sum(tf.square(x!)), tf.sum(product), tf.sum(tf.mul(product, x!))]
      // x², xy, x²y with regard to x, and the last one to y: 2x, y, 2xy, x².
      const [square, plain] = scalars.slice(0, 2).map((scalar) => gradientsOf(scalar, [x!])[0]!)
      return tf.stack([square!, plain!, ...gradientsOf(scalars[2]!, [x!, y!])])
    })
    return { gradients }
  })
  const before = tf.memory().numTensors
  const inputs = { x: tf.tensor1d([1, -2, 3]), y: tf.tensor1d([5, 7, 11]) }
  const { gradients } = await both.run(inputs)
  expect(await gradients!.array()).toEqual([
    [2, -4, 6],
    [5, 7, 11],
    [10, -28, 66],
    [1, 4, 9],
  ])
  expect(passes).toBe(1)
  tf.dispose([inputs, gradients!])
  both.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

it('reports the error of the body', () => {
  const x = tf.tensor1d([1])
  const apart = () => onOneTape(x, (gradientsOf) => gradientsOf(tf.scalar(1), [x])[0]!)
  expect(apart).toThrow(/Cannot compute gradient/)
  x.dispose()
})
