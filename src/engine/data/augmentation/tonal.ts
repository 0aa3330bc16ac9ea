import type { Canvas, Operation } from './canvas.ts'
import { identity } from './canvas.ts'

/** Keeps the `magnitude` highest bits of each value. */
export const posterize: Operation = (canvas, magnitude) => {
  const mask = 256 - 2 ** (8 - magnitude)
  applyTable(canvas, (value) => value & mask)
}

/** Inverts the values from `magnitude` upwards. */
export const solarize: Operation = (canvas, magnitude) =>
  applyTable(canvas, (value) => (value < magnitude ? value : 255 - value))

/** Stretches each channel to the whole range 0 … 255. */
export const autoContrast: Operation = (canvas) => {
  for (let channel = 0; channel < canvas.channels; channel++) {
    const histogram = histogramOf(canvas, channel)
    const low = histogram.findIndex((count) => count > 0)
    const high = histogram.findLastIndex((count) => count > 0)
    const scale = 255 / (high - low)
    const offset = -low * scale
    const table = high > low ? (value: number) => clamped(Math.trunc(value * scale + offset)) : unchanged
    applyTable(canvas, table, channel)
  }
}

/** Makes the values of each channel equally frequent, as far as that goes. */
export const equalize: Operation = (canvas) => {
  for (let channel = 0; channel < canvas.channels; channel++) {
    const histogram = histogramOf(canvas, channel)
    const highest = histogram.findLast((count) => count > 0)!
    const step = Math.floor((canvas.height * canvas.width - highest) / 255)
    if (step === 0) {
      applyTable(canvas, unchanged, channel)
      continue
    }
    let below = Math.floor(step / 2)
    applyTable(
      canvas,
      (value) => {
        const equalized = Math.floor(below / step)
        below += histogram[value]!
        return clamped(equalized)
      },
      channel,
    )
  }
}

/** Blends with black by the factor 1 + magnitude. */
export const brightness: Operation = (canvas, magnitude) => {
  const blend = blending(1 + magnitude)
  applyTable(canvas, (value) => blend(0, value))
}

/** Blends with the grey of the image's mean lightness by the factor 1 + magnitude. */
export const contrast: Operation = (canvas, magnitude) => {
  const blend = blending(1 + magnitude)
  const { source, channels, height, width } = canvas
  let sum = 0
  for (let at = 0; at < source.length; at += channels) sum += lightness(canvas, at)
  const grey = Math.trunc(sum / (height * width) + 0.5)
  applyTable(canvas, (value) => blend(grey, value))
}

/** Blends each pixel with its own lightness by the factor 1 + magnitude; a grey image stays as it is. */
export const colour: Operation = (canvas, magnitude) => {
  const { source, target, channels } = canvas
  if (channels !== 3) return identity(canvas, 0)
  const blend = blending(1 + magnitude)
  for (let at = 0; at < source.length; at += 3) {
    const grey = lightness(canvas, at)
    target[at] = blend(grey, source[at]!)
    target[at + 1] = blend(grey, source[at + 1]!)
    target[at + 2] = blend(grey, source[at + 2]!)
  }
}

/** Blends with a smoothed image (3 × 3, the centre weighing 5 of 13; the border kept) by the factor 1 + magnitude. */
export const sharpness: Operation = (canvas, magnitude) => {
  const { source, target, height, width, channels } = canvas
  const blend = blending(1 + magnitude)
  const stride = width * channels
  target.set(source)
  for (let row = 1; row < height - 1; row++) {
    const end = (row + 1) * stride - channels
    for (let at = row * stride + channels; at < end; at++) {
      const value = source[at]!
      const sum =
        rowSum(source, at - stride, channels) + rowSum(source, at, channels) + rowSum(source, at + stride, channels)
      target[at] = blend(Math.floor((sum + 4 * value) / 13 + 0.5), value)
    }
  }
}

function rowSum(source: Uint8Array, at: number, channels: number): number {
  return source[at - channels]! + source[at]! + source[at + channels]!
}

/** Rec. 601 luma in Pillow's fixed-point arithmetic. */
function lightness({ source, channels }: Canvas, at: number): number {
  if (channels !== 3) return source[at]!
  return (source[at]! * 19595 + source[at + 1]! * 38470 + source[at + 2]! * 7471 + 0x8000) >> 16
}

/** Between two values, or beyond the second: from + factor · (to − from) in single precision, cut off and clamped. */
function blending(factor: number): (from: number, to: number) => number {
  const single = Math.fround(factor)
  return (from, to) => clamped(Math.trunc(Math.fround(from + Math.fround(single * (to - from)))))
}

const clamped = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value)

const unchanged = (value: number) => value

/** Replaces the values of all channels, or of one, by what `replace` makes of 0, 1, …, 255. */
function applyTable({ source, target, channels }: Canvas, replace: (value: number) => number, channel?: number): void {
  const table = new Uint8Array(256)
  for (let value = 0; value < 256; value++) table[value] = replace(value)
  const step = channel === undefined ? 1 : channels
  for (let at = channel ?? 0; at < source.length; at += step) target[at] = table[source[at]!]!
}

function histogramOf({ source, channels }: Canvas, channel: number): Uint32Array {
  const histogram = new Uint32Array(256)
  for (let at = channel; at < source.length; at += channels) histogram[source[at]!]!++
  return histogram
}
