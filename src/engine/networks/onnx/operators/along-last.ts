import { tf, type Tensor } from '../../../tf.ts'

/** The last axis of a value by a matrix, which has a gradient and ONNX. */
export const alongLast = (x: Tensor, matrix: Tensor): Tensor =>
  tf.reshape(tf.matMul(tf.reshape(x, [-1, x.shape.at(-1)!]) as tf.Tensor2D, matrix as tf.Tensor2D), [
    ...x.shape.slice(0, -1),
    matrix.shape[1]!,
  ])
