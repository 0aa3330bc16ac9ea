/** Prints the gradient of a 1 × 1 filter [1, 1, 4, 8] with stride 2, in a process of its own: oneDNN reads its environment when it is loaded. */
import { conv2d, tf } from '../../../src/engine/tf.ts'
import '../../support/tensorflow.ts'

const numbers = (count: number, factor: number, modulus: number) =>
  Float32Array.from({ length: count }, (_, place) => ((place * factor) % modulus) - (modulus >> 1))
const images = tf.tensor(numbers(64 * 32 * 32 * 4, 5, 7), [64, 32, 32, 4])
const outputGradient = tf.tensor(numbers(64 * 16 * 16 * 8, 3, 11), [64, 16, 16, 8])
const filterGradient = tf.grad((filter) => conv2d(images, filter, { stride: 2, padding: 0 }))
const values = filterGradient(tf.zeros([1, 1, 4, 8]), outputGradient).dataSync()
process.stdout.write(`${JSON.stringify(Array.from(values))}\n`)
