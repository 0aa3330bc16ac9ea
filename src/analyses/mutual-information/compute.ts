import type { MutualInformationParameters, MutualInformationResult } from './schema.ts'
import { stream } from '../../main/engine/random.ts'
import { withDisposables } from '../../main/engine/training/with-disposables.ts'
import type { AnalysisRequest, Compute } from '../../main/engine/analyses/analysis.ts'
import type { FeatureReader } from '../../main/engine/features/block-features.ts'
import { labelsOf, readingFeatures } from '../../main/engine/features/block-features.ts'
import { noisySamples, standardised } from './compute/noise.ts'
import { pooledFeatures } from '../../main/engine/features/feature-views.ts'
import type { Mixture, References } from './compute/mixture.ts'
import { createMixture } from './compute/mixture.ts'
import { mutualInformationResultOf } from './compute/result.ts'

type Request = AnalysisRequest<MutualInformationParameters, MutualInformationResult>

/** What the noisy features of each block tell about the image and about its class. */
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
  labels: Int32Array
  /** One a block. */
  widths: readonly number[]
}

/** One part a block, from the first. */
async function estimate(
  request: Request,
  { reader, mixture, labels, widths }: Means,
): Promise<MutualInformationResult> {
  const estimates: Float64Array[] = []
  const result = () => mutualInformationResultOf(request, { estimates, labels, widths })
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
