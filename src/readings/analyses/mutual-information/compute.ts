import type { MutualInformationParameters, MutualInformationResult } from './schema.ts'
import { fewSamples } from '../few-samples.ts'
import { stream, type Stream } from '../../../engine/random.ts'
import { withDisposables } from '../../../engine/training/with-disposables.ts'
import type { AnalysisRequest, Compute } from '../../../engine/analyses/analysis.ts'
import { labelsOf, readingFeatures, type FeatureReader } from '../../../engine/features/block-features.ts'
import { oneTokenCaveat, pooledFeatures } from '../../../engine/features/feature-views.ts'
import { createMixture, type Mixture, type References, type NoisySamples } from './compute/mixture.ts'

type Request = AnalysisRequest<MutualInformationParameters, MutualInformationResult>

/** Information of the noisy features of each block about the image and about its class. */
export const compute: Compute<MutualInformationParameters, MutualInformationResult> = async (request) => {
  const { parameters, models, images, plan } = request
  const model = models[0]!
  const { network } = model
  const batches = images.some(parameters.split, { count: parameters.references, seed: parameters.seed })
  const labels = await labelsOf(batches)
  const views = pooledFeatures(network, parameters.poolTo)
  const mixture = createMixture({ sigma: parameters.sigma, classes: network.spec.classes })
  plan(views.length)
  return withDisposables([mixture], () =>
    readingFeatures({ model, batches, imageCount: labels.length, views }, (reader) =>
      estimate(request, { reader, mixture, labels, widths: views.map(({ width }) => width) }),
    ),
  )
}

interface Means {
  reader: FeatureReader
  mixture: Mixture
  /** Of the references. */
  labels: Int32Array
  /** Dimensions of each block's features. */
  widths: readonly number[]
}

/** One part a block, from the first. */
async function estimate(
  request: Request,
  { reader, mixture, labels, widths }: Means,
): Promise<MutualInformationResult> {
  const estimates: Float64Array[] = []
  const result = () => resultOf(request, { estimates, labels, widths })
  for (const [block, dimensions] of widths.entries()) {
    const estimated = await request.part(`block/${block}`, async () => {
      const values = standardised(await reader.of(block), dimensions)
      return informationOf(request.parameters, { references: { values, dimensions, labels }, mixture, block })
    })
    estimates.push(estimated)
    request.preview(result)
  }
  return result()
}

/** Samples that go through the mixture at once: few, as each meets every reference. */
const chunk = 500

interface Estimated {
  references: References
  mixture: Mixture
  block: number
}

/** [I(X;Z), its standard error, I(Z;Y), its standard error]. */
async function informationOf(
  { sigma, samples, seed }: MutualInformationParameters,
  { references, mixture, block }: Estimated,
): Promise<number[]> {
  const source = stream(seed, 'noise', block)
  const input: number[] = []
  const label: number[] = []
  for (let from = 0; from < samples; from += chunk) {
    const to = Math.min(from + chunk, samples)
    const information = await mixture.of(references, noisySamples(references, { from, to, sigma, source }))
    input.push(...information.input)
    label.push(...information.label)
  }
  return [...meanWithError(input), ...meanWithError(label)]
}

/** Mean, and its standard error: the sample standard deviation over √count. */
function meanWithError(values: readonly number[]): [mean: number, error: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return [mean, Math.sqrt(squares / (values.length - 1) / values.length)]
}

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
function noisySamples(
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

interface Estimates extends Pick<Means, 'labels' | 'widths'> {
  /** Of the blocks so far: I(X;Z), its standard error, I(Z;Y), its standard error. */
  estimates: readonly Float64Array[]
}

/** Estimates so far, clipped to the bounds of the estimated quantity. */
function resultOf(request: Request, { estimates, labels, widths }: Estimates): MutualInformationResult {
  const inputCeiling = Math.log(labels.length)
  const labelCeiling = request.parameters.label ? entropy(labels) : null
  const blocks = estimates.map(([input, inputError, label, labelError], block) => ({
    block,
    input: bounded(input!, inputCeiling),
    inputError: inputError!,
    label: labelCeiling === null ? null : bounded(label!, labelCeiling),
    labelError: labelCeiling === null ? null : labelError!,
    dimensions: widths[block]!,
  }))
  return { blocks, inputCeiling, labelCeiling, caveats: caveatsOf(request, { blocks, inputCeiling }, labels.length) }
}

const bounded = (value: number, ceiling: number) => Math.min(Math.max(value, 0), ceiling)

/** In nats, of how often each label occurs. */
function entropy(labels: Int32Array): number {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / labels.length) * Math.log(count / labels.length), 0)
}

/** Fraction of the upper limit from which blocks cannot be distinguished. */
const nearCeiling = 0.99

/** `available`: number of references. */
function caveatsOf(
  { parameters, models }: Request,
  { blocks, inputCeiling }: Pick<MutualInformationResult, 'blocks' | 'inputCeiling'>,
  available: number,
): string[] {
  const { sigma, references, split, label } = parameters
  const oneToken = oneTokenCaveat(models[0]!.network)
  const saturated = blocks.filter(({ input }) => input > nearCeiling * inputCeiling).length
  const caveats = [
    `Information of features with noise of standard deviation ${sigma} in standardised units; without noise it is unbounded. Compare only estimates with the same noise, pooling and number of references, and compare regimes at the same block, not blocks: wider blocks transmit more information at the same noise.`,
    fewSamples(split, available, references),
    saturated > 0 &&
      `${saturated} of ${blocks.length} blocks reach the upper limit of ${inputCeiling.toFixed(2)} nats, the logarithm of the number of references: their I(X;Z) is at least that and cannot be compared. Increase sigma.`,
    saturated > 0 &&
      label &&
      'Where I(X;Z) reaches its upper limit, so does I(Z;Y), since every sample can be distinguished from all others.',
    oneToken !== null && `${oneToken}.`,
  ]
  return caveats.filter((caveat) => typeof caveat === 'string')
}
