import type { ImageSet } from './image-set.ts'

/** Per-channel mean and standard deviation of pixels scaled to [0, 1]. */
export interface Normalisation {
  mean: number[]
  std: number[]
}

/** Keeps a channel that is the same in all images from being divided by zero. */
const smallestStd = 1e-4

/** Measured in one pass over all pixels, exactly (integer sums), and rounded to four decimals as published constants are. */
export function measureNormalisation({ images, channels }: Pick<ImageSet, 'images' | 'channels'>): Normalisation {
  const pixels = images.length / channels
  const moments = Array.from({ length: channels }, (_, channel) => {
    let [sum, squares] = [0, 0]
    for (let at = channel; at < images.length; at += channels) {
      const value = images[at]!
      sum += value
      squares += value * value
    }
    const mean = sum / pixels
    return { mean: mean / 255, std: Math.sqrt(Math.max(0, squares / pixels - mean * mean)) / 255 }
  })
  return {
    mean: moments.map(({ mean }) => rounded(mean)),
    std: moments.map(({ std }) => Math.max(smallestStd, rounded(std))),
  }
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4

/** Normalised value of a pixel: entry channel · 256 + value is (value/255 − mean)/std. */
export function normalisationTable({ mean, std }: Normalisation): Float32Array {
  return Float32Array.from({ length: mean.length * 256 }, (_, entry) => {
    const channel = entry >> 8
    return ((entry & 255) / 255 - mean[channel]!) / std[channel]!
  })
}
