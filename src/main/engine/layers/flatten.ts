import { tf } from '../tf.ts'
import type { Layer } from './layer.ts'

/** [height, width, channels] → [channels · height · width], channel-major as PyTorch's flatten of NCHW. */
export function flatten(module: string, shape: readonly number[]): Layer {
  const [height, width, channels] = shape as [number, number, number]
  const features = height * width * channels
  return {
    parameters: [],
    outputShape: [features],
    operations: [{ module, kind: 'reshape', sizes: {} }],
    apply(_context, input) {
      const channelsFirst = height * width === 1 ? input : tf.transpose(input, [0, 3, 1, 2])
      return tf.reshape(channelsFirst, [-1, features])
    },
  }
}
