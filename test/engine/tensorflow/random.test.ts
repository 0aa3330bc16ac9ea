import { expect, it } from 'vitest'
import { statelessUniform } from '../../../src/engine/tensorflow/kernels/dropout.ts'
import { dropout, tf } from '../../../src/engine/tf.ts'
import { philoxUniform } from '../../support/philox.ts'
import '../../support/tensorflow.ts'

const seeds = [
  [0, 0],
  [1, 2],
  [-5, 2147483647],
  [123456789, -987654321],
]

it.each(seeds)('draws the numbers of the Philox generator from seed %i, %i', (...seed) => {
  const drawn = tf.tidy(() => statelessUniform([3, 7], tf.tensor1d(seed, 'int32')).dataSync())
  expect([...drawn]).toEqual([...philoxUniform(21, Int32Array.from(seed))])
})

it('drops the given share and keeps the mean', () => {
  const rate = 0.3
  const kept = tf.tidy(() => dropout(tf.ones([100, 1000]), rate, tf.tensor1d([7, 8], 'int32')).dataSync())
  const share = kept.filter((value) => value === 0).length / kept.length
  // Six standard deviations of a share of 100,000 draws.
  expect(Math.abs(share - rate)).toBeLessThan(6 * Math.sqrt((rate * (1 - rate)) / 1e5))
  expect(new Set(kept)).toEqual(new Set([0, Math.fround(1 / 0.7)]))
})

it('drops the same entries of the gradient', () => {
  const seed = tf.tensor1d([3, 4], 'int32')
  const x = tf.ones([50])
  const [gradient] = tf.grads((x) => dropout(x!, 0.5, seed))([x])
  expect([...gradient!.dataSync()]).toEqual([...dropout(x, 0.5, seed).dataSync()])
})
