/** Bytes of an image, [height, width, channels], row-major from `start`. */
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
export function resample(picture: Picture, { crop, height, width, window }: Scaling): Uint8Array {
  const across = tapsOf(crop.width, { size: width, first: window.left, count: window.width })
  const down = tapsOf(crop.height, { size: height, first: window.top, count: window.height })
  const firstRow = down.starts[0]!
  const endRow = down.starts.at(-1)! + down.lengths.at(-1)!
  const rows = { ...crop, top: crop.top + firstRow, height: endRow - firstRow }
  return scaledDown(scaledAcross(picture, rows, across), { taps: down, firstRow })
}

/** Neighbouring pixels that a pixel of the result is the weighted sum of. */
interface Taps {
  starts: Int32Array
  lengths: Int32Array
  /** [pixels, most], in 22 bits behind the point. */
  weights: Int32Array
  most: number
}

const precision = 22
const half = 1 << (precision - 1)
/** Pixels on either side, where nothing becomes smaller. */
const reach = 2

/** Of `count` pixels from `first` of a line of `length` that is scaled to `size`. */
function tapsOf(length: number, { size, first, count }: { size: number; first: number; count: number }): Taps {
  const scale = length / size
  const spread = Math.max(scale, 1)
  const most = Math.ceil(reach * spread) * 2 + 1
  const taps = { starts: new Int32Array(count), lengths: new Int32Array(count), most }
  const weights = new Int32Array(count * most)
  for (let pixel = 0; pixel < count; pixel++) {
    const centre = (first + pixel + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - reach * spread + 0.5))
    const end = Math.min(length, Math.trunc(centre + reach * spread + 0.5))
    const shares = Array.from({ length: end - start }, (_, at) => bicubic((start + at - centre + 0.5) * (1 / spread)))
    const sum = shares.reduce((total, share) => total + share, 0)
    shares.forEach((share, at) => (weights[pixel * most + at] = fixed(share / sum)))
    taps.starts[pixel] = start
    taps.lengths[pixel] = end - start
  }
  return { ...taps, weights }
}

function bicubic(distance: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0
}

const fixed = (share: number) => Math.trunc(share * 2 ** precision + (share < 0 ? -0.5 : 0.5))

function scaledAcross(picture: Picture, rows: Window, { starts, lengths, weights, most }: Taps): Lines {
  const { bytes, channels } = picture
  const values = new Uint8Array(rows.height * starts.length * channels)
  let to = 0
  for (let row = 0; row < rows.height; row++) {
    const line = picture.start + ((rows.top + row) * picture.width + rows.left) * channels
    for (let column = 0; column < starts.length; column++) {
      const from = line + starts[column]! * channels
      const end = column * most + lengths[column]!
      for (let channel = 0; channel < channels; channel++) {
        let sum = half
        for (let tap = column * most, at = from + channel; tap < end; tap++, at += channels) {
          sum = (sum + weights[tap]! * bytes[at]!) | 0
        }
        values[to++] = clamped(sum >> precision)
      }
    }
  }
  return { values, length: starts.length * channels }
}

/** Rows of values, one after the other. */
interface Lines {
  values: Uint8Array
  length: number
}

function scaledDown({ values, length }: Lines, { taps, firstRow }: { taps: Taps; firstRow: number }): Uint8Array {
  const { starts, lengths, weights, most } = taps
  const result = new Uint8Array(starts.length * length)
  const sums = new Int32Array(length)
  for (let row = 0; row < starts.length; row++) {
    sums.fill(half)
    for (let tap = 0; tap < lengths[row]!; tap++) {
      const weight = weights[row * most + tap]!
      const from = (starts[row]! - firstRow + tap) * length
      for (let at = 0; at < length; at++) sums[at] = sums[at]! + weight * values[from + at]!
    }
    for (let at = 0; at < length; at++) result[row * length + at] = clamped(sums[at]! >> precision)
  }
  return result
}

const clamped = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value)

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
