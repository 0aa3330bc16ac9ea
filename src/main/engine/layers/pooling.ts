import { adaptiveAveragePool, adaptiveMaxPool, maxPool as pool, tf } from '../tf.ts'
import { uniform } from './initialisers.ts'
import type { Layer } from './layer.ts'
import { elements, parameter } from './parameter.ts'

/**
 * SDN's mixed pooling (Kaya 2019) of [height, width, channels] to [size, size, channels]: α · adaptive max + (1 − α) · adaptive mean.
 * α is one learnable scalar, initially U(0, 1), used as it is (no sigmoid, no clamp). Output cell i looks at rows
 * ⌊i·height/size⌋ to ⌈(i + 1)·height/size⌉ as PyTorch's adaptive pooling does, also where height < size.
 */
export function mixedPooling(name: string, shape: readonly number[], size: number): Layer {
  const mix = parameter(`${name}.mix`, { shape: [], init: uniform(0, 1) })
  const outputShape = [size, size, shape.at(-1)!]
  const even = shape[0]! % size === 0 && shape[1]! % size === 0
  const input = { elements: elements(shape), ...(even ? {} : { cutWindows: size ** 2 }) }
  const output = { elements: elements(outputShape) }
  return {
    parameters: [mix],
    outputShape,
    operations: [
      { module: name, kind: 'adaptive-max-pool', sizes: input },
      { module: name, kind: 'multiply', sizes: output },
      { module: name, kind: 'subtract', sizes: { elements: 1 } },
      { module: name, kind: 'adaptive-average-pool', sizes: input },
      { module: name, kind: 'multiply', sizes: output },
      { module: name, kind: 'add', sizes: output },
    ],
    apply(context, x) {
      const alpha = context.value(mix.name)
      const largest = tf.mul(adaptiveMaxPool(x, size), alpha)
      return tf.add(largest, tf.mul(adaptiveAveragePool(x, size), tf.sub(1, alpha)))
    },
  }
}

/** Largest value of each window of 3 × 3 with stride 2, padded by a pixel: halves height and width, rounded up. */
export function maxPool(module: string, shape: readonly number[]): Layer {
  const [height, width, channels] = shape as [number, number, number]
  return {
    parameters: [],
    outputShape: [Math.ceil(height / 2), Math.ceil(width / 2), channels],
    operations: [{ module, kind: 'max-pool', sizes: { elements: elements(shape) } }],
    apply: (_context, input) => pool(input, { window: 3, stride: 2, padding: 1 }),
  }
}

/** Mean over height and width: [height, width, channels] → [channels]. */
export function globalAverage(module: string, shape: readonly number[]): Layer {
  return {
    parameters: [],
    outputShape: [shape.at(-1)!],
    operations: [{ module, kind: 'adaptive-average-pool', sizes: { elements: elements(shape) } }],
    apply: (_context, input) => tf.mean(input, [1, 2]),
  }
}

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
