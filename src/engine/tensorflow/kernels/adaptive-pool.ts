import { defineKernel } from '../kernel.ts'
import type { Tensor } from '../tfjs.ts'
import { tf } from '../tfjs.ts'
import { averagePool } from './average-pool.ts'
import { maxOfWindows } from './max-pool.ts'

/**
 * Maximum of windows of [batch, height, width, channels] that become [batch, size, size, channels]. Cell i covers rows
 * ⌊i·height/size⌋ to ⌈(i + 1)·height/size⌉, as PyTorch's adaptive pooling; the gradient goes to a window's first maximum.
 */
export function adaptiveMaxPool(x: Tensor, size: number): Tensor {
  const window = evenWindow(x, size)
  if (window === null) return maxOfCells(x, size)
  if (window[0] === 1 && window[1] === 1) return x.clone()
  return maxOfWindows(x, { window, strides: window })
}

/** Mean of the same windows, which may overlap: a pixel receives the gradient of every window that contains it. */
export function adaptiveAveragePool(x: Tensor, size: number): Tensor {
  const window = evenWindow(x, size)
  if (window === null) return meanOfCells(x, size)
  if (window[0] === 1 && window[1] === 1) return x.clone()
  return averagePool(x, { window, strides: window, pads: [0, 0, 0, 0], countPadding: false })
}

type Window = [number, number]

/** Height and width of the windows where they tile the input. */
function evenWindow(x: Tensor, size: number): Window | null {
  const [height, width] = [x.shape[1]!, x.shape[2]!]
  return height % size === 0 && width % size === 0 ? [height / size, width / size] : null
}

const maxOfCells = (x: Tensor, size: number) => poolWindows(x, size, (window) => windowMaxKernel([window], {})[0]!)

const meanOfCells = (x: Tensor, size: number) => poolWindows(x, size, (window) => tf.mean(window, 1))

/** The general case: each window cut out, flattened to [batch, pixels, channels] and reduced to [batch, channels]. */
function poolWindows(x: Tensor, size: number, reduce: (window: Tensor) => Tensor): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const cells: Tensor[] = []
  for (const [top, bottom] of spans(height, size)) {
    for (const [left, right] of spans(width, size)) {
      const window = tf.slice(x, [0, top, left, 0], [batch, bottom - top, right - left, channels])
      cells.push(reduce(tf.reshape(window, [batch, -1, channels])))
    }
  }
  return tf.reshape(tf.stack(cells, 1), [batch, size, size, channels])
}

const spans = (length: number, size: number) =>
  Array.from({ length: size }, (_, i): [number, number] => [
    Math.floor((i * length) / size),
    Math.ceil(((i + 1) * length) / size),
  ])

/** Maximum over axis 1 of [batch, pixels, channels]; of equal maxima the first gets the gradient. */
const windowMaxKernel = defineKernel({
  name: 'WindowMax',
  inputCount: 1,
  outputCount: 1,
  saves: { inputs: [0], outputs: [] },
  forward: ([x]) => [tf.max(x!, 1)],
  gradient([dy], [x]) {
    const pixels = tf.reshape(tf.range(0, x!.shape[1]!, 1, 'int32'), [1, -1, 1])
    const first = tf.equal(pixels, tf.expandDims(tf.argMax(x!, 1), 1))
    return [tf.mul(tf.cast(first, 'float32'), tf.expandDims(dy!, 1))]
  },
})
