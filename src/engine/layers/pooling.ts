import { adaptiveAveragePool, adaptiveMaxPool, averagePool as means, maxPool as largest, tf } from '../tf.ts'
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
      const maxima = tf.mul(adaptiveMaxPool(x, size), alpha)
      return tf.add(maxima, tf.mul(adaptiveAveragePool(x, size), tf.sub(1, alpha)))
    },
  }
}

/** Sides of pooling in pixels: windows, their distance, and what is put around the map. */
interface PoolSizes {
  window: number
  stride: number
  padding: number
}

/** Largest value of each window. Default: 3 × 3 with stride 2, padded by a pixel, which halves height and width, rounded up. */
export function maxPool(module: string, shape: readonly number[], sizes = { window: 3, stride: 2, padding: 1 }): Layer {
  return {
    parameters: [],
    outputShape: pooledShape(shape, sizes),
    operations: [{ module, kind: 'max-pool', sizes: { elements: elements(shape) } }],
    apply: (_context, input) => largest(input, sizes),
  }
}

/** Mean of each window; padding counts as 0, as by default in PyTorch. */
export function averagePool(module: string, shape: readonly number[], sizes: PoolSizes): Layer {
  const { window, stride, padding } = sizes
  const options = {
    window: [window, window],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  } as const
  return {
    parameters: [],
    outputShape: pooledShape(shape, sizes),
    operations: [{ module, kind: 'adaptive-average-pool', sizes: { elements: elements(shape) } }],
    apply: (_context, input) => means(input, { ...options, countPadding: true }),
  }
}

function pooledShape([height, width, channels]: readonly number[], { window, stride, padding }: PoolSizes): number[] {
  const side = (pixels: number) => Math.floor((pixels + 2 * padding - window) / stride) + 1
  return [side(height!), side(width!), channels!]
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
