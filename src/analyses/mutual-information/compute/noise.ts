import type { Stream } from '../../../main/engine/random.ts'
import type { NoisySamples, References } from './mixture.ts'

/**
 * Features less their mean over the images, divided by one number for all: their root mean squared distance to it over √dimensions,
 * so that a coordinate has variance 1 on average. Equal features become 0.
 */
export function standardised(values: Float32Array, dimensions: number): Float32Array {
  const mean = new Float64Array(dimensions)
  const count = values.length / dimensions
  values.forEach((value, index) => (mean[index % dimensions]! += value / count))
  const centred = Float64Array.from(values, (value, index) => value - mean[index % dimensions]!)
  const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value ** 2, 0) / values.length)
  return Float32Array.from(centred, (value) => (deviation > 0 ? value / deviation : 0))
}

/** Samples number `from` … `to` − 1 of the noisy references, which take turns. */
export function noisySamples(
  { values, dimensions, labels }: References,
  { from, to, sigma, source }: { from: number; to: number; sigma: number; source: Stream },
): NoisySamples {
  const origins = Int32Array.from({ length: to - from }, (_, index) => (from + index) % labels.length)
  const samples = new Float32Array(origins.length * dimensions)
  origins.forEach((origin, sample) => {
    for (let each = 0; each < dimensions; each++) {
      samples[sample * dimensions + each] = values[origin * dimensions + each]! + sigma * source.normal()
    }
  })
  return { values: samples, origins }
}
