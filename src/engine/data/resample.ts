import { scaleRows, type Taps } from './resample-kernel.ts'

/** Bytes of an image, [height, width, channels], row-major from `start`; rows that are not needed may be missing at either end. */
export interface Picture {
  bytes: Uint8Array
  start: number
  height: number
  width: number
  channels: number
}

export interface Window {
  top: number
  left: number
  height: number
  width: number
}

interface Scaling {
  /** The part of the image that is scaled; the rest is ignored. */
  crop: Window
  /** Size to which it is scaled. */
  height: number
  width: number
  /** The part of the result that is wanted. */
  window: Window
}

/**
 * Scales a part of an image by bicubic interpolation (a = −½), with antialiasing where it becomes smaller: the very bytes that
 * Pillow gives, and with it torchvision (method 5.5). First across, then down, each rounded to bytes.
 */
function resample(picture: Picture, { crop, height, width, window }: Scaling): Uint8Array {
  const { bytes, start, channels } = picture
  const stride = picture.width * channels
  const across = tapsOf(crop.width, { size: width, first: window.left, count: window.width, step: channels })
  const step = window.width * channels
  const down = tapsOf(crop.height, { size: height, first: window.top, count: window.height, step })
  const at = (row: number, column: number) => start + (crop.top + row) * stride + (crop.left + column) * channels
  const used = bytes.subarray(at(down.from, across.from), at(down.to - 1, across.to))
  return scaleRows({ bytes: used, count: down.to - down.from, stride, channels }, { across, down })
}

/** Pixels on either side, where nothing becomes smaller. */
const reach = 2

interface Line {
  /** Pixels of the whole line when it is scaled, and which of them are wanted. */
  size: number
  first: number
  count: number
  /** Bytes from a neighbour to the next. */
  step: number
}

/** Of pixels of a line of `length` that is scaled. */
function tapsOf(length: number, { size, first, count, step }: Line): Taps & { from: number; to: number } {
  const scale = length / size
  const spread = Math.max(scale, 1)
  const most = Math.ceil(reach * spread) * 2 + 1
  const line = most + 2
  const [table, shares] = [new Int32Array(count * line), new Float64Array(most)]
  let [from, to] = [0, 0]
  for (let pixel = 0; pixel < count; pixel++) {
    const centre = (first + pixel + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - reach * spread + 0.5))
    to = Math.min(length, Math.trunc(centre + reach * spread + 0.5))
    if (pixel === 0) from = start
    let sum = 0
    for (let at = start; at < to; at++) sum += shares[at - start] = bicubic((at - centre + 0.5) * (1 / spread))
    table[pixel * line] = (start - from) * step
    table[pixel * line + 1] = to - start
    for (let at = 0; at < to - start; at++) table[pixel * line + 2 + at] = fixed(shares[at]! / sum)
  }
  return { table, line, from, to }
}

function bicubic(distance: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0
}

/** With 22 bits behind the point. */
const fixed = (share: number) => Math.trunc(share * 2 ** 22 + (share < 0 ? -0.5 : 0.5))

const whole = ({ height, width }: Pick<Picture, 'height' | 'width'>): Window => ({ top: 0, left: 0, height, width })

/** A part of an image scaled to a size. */
export function resizedCrop(picture: Picture, crop: Window, size: { height: number; width: number }): Uint8Array {
  return resample(picture, { crop, ...size, window: whole(size) })
}

/** The middle of an image, `side` × `side`, after its shorter side is scaled to `side`, as by torchvision's Resize and CenterCrop. */
export function resizedCentre(picture: Picture, side: number): Uint8Array {
  const shorter = Math.min(picture.height, picture.width)
  const [height, width] = [picture.height, picture.width].map((each) => Math.trunc((side * each) / shorter)) as [
    number,
    number,
  ]
  const [top, left] = [height, width].map((each) => roundedToEven((each - side) / 2)) as [number, number]
  return resample(picture, { crop: whole(picture), height, width, window: { top, left, height: side, width: side } })
}

/** A half rounds to the even number, as in Python. */
export function roundedToEven(value: number): number {
  const floor = Math.floor(value)
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value)
}
