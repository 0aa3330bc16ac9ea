import type { NumericalRankParameters, NumericalRankResult } from './schema.ts'
import { count } from '../../../shared/format/numbers.ts'
import { fewSamples } from '../few-samples.ts'
import { rankTolerance } from './rank-tolerance.ts'
import { withDisposables } from '../../../engine/training/with-disposables.ts'
import type { AnalysisRequest, Compute } from '../../../engine/analyses/analysis.ts'
import { readingFeatures, type FeatureReader } from '../../../engine/features/block-features.ts'
import { featureSubsets, oneTokenCaveat, type FeatureSubset } from '../../../engine/features/feature-views.ts'
import { inFloat64, tf, traced, type Float64, type Float64Arithmetic, type TensorRecord } from '../../../engine/tf.ts'

type Request = AnalysisRequest<NumericalRankParameters, NumericalRankResult>
type BlockRank = NumericalRankResult['blocks'][number]

/** Number of directions spanned by the features of each block. */
export const compute: Compute<NumericalRankParameters, NumericalRankResult> = async (request) => {
  const { parameters, models, images, plan } = request
  const model = models[0]!
  const batches = images.some('test', { count: parameters.samples, seed: parameters.seed })
  const imageCount = batches.sampleCount
  const views = featureSubsets(model.network, parameters)
  const spectrum = createSpectrum({ centred: parameters.definition === 'covariance' })
  plan(views.length)
  return withDisposables([spectrum], () =>
    readingFeatures({ model, batches, imageCount, views }, (reader) =>
      countRanks(request, { reader, spectrum, views, imageCount }),
    ),
  )
}

interface Means {
  reader: FeatureReader
  spectrum: FeatureSpectrum
  views: readonly FeatureSubset[]
  imageCount: number
}

/** One part a block, from the first. */
async function countRanks(
  request: Request,
  { reader, spectrum, views, imageCount }: Means,
): Promise<NumericalRankResult> {
  const { parameters } = request
  const blocks: BlockRank[] = []
  const caveats = caveatsOf(request, { views, imageCount })
  const result = () => ({ blocks: [...blocks], samples: imageCount, caveats })
  for (const [block, view] of views.entries()) {
    const eigenvalues = await request.part(`block/${block}`, async () =>
      spectrum.of({ values: await reader.of(block), rows: imageCount, columns: view.width }),
    )
    blocks.push(blockRank(block, eigenvalues, { parameters, view, imageCount }))
    request.preview(result)
  }
  return result()
}

interface Counted {
  parameters: NumericalRankParameters
  view: FeatureSubset
  imageCount: number
}

/** eigenvalues: of AᵀA, descending. */
function blockRank(block: number, eigenvalues: Float64Array, { parameters, view, imageCount }: Counted): BlockRank {
  const covariance = parameters.definition === 'covariance'
  const values = covariance ? eigenvalues : eigenvalues.map(Math.sqrt)
  const least = rankTolerance(parameters, imageCount, view.width)
  const largest = values[0]!
  const rank = values.reduce((count, value) => count + (value > least * largest ? 1 : 0), 0)
  return {
    block,
    rank,
    full: Math.min(imageCount, view.width),
    featureCount: view.featureCount,
    usedFeatures: view.width,
    spectrum: spectrumPlaces(values.length, rank).map((index) => ({
      index,
      value: largest > 0 ? values[index - 1]! / largest : 0,
    })),
  }
}

function caveatsOf(
  { parameters, models }: Request,
  { views, imageCount }: Pick<Means, 'views' | 'imageCount'>,
): string[] {
  const oneToken = oneTokenCaveat(models[0]!.network)
  const caveats = [
    fewSamples('test', imageCount, parameters.samples),
    views.some(({ width, featureCount }) => width < featureCount) &&
      `For blocks with more than ${count(parameters.features)} features, the rank is that of a random subset of ${count(parameters.features)} features, which is at most the rank of all features.`,
    views.some(({ width }) => width > imageCount) &&
      `Some blocks have more features than the number of samples (${count(imageCount)}), which limits their rank. Increase samples.`,
    oneToken !== null && parameters.tokens === 'class' && `${oneToken}; the other tokens may span more directions.`,
  ]
  return caveats.filter((caveat) => typeof caveat === 'string')
}

/** Most places of a spectrum that a result shows. */
const mostPlaces = 256

/**
 * Places of a spectrum from 1, ascending: all of them, or at most 256 that lie ever further apart, as the spectrum falls steeply first
 * and slowly then. Those on either side of the rank are among them.
 */
export function spectrumPlaces(length: number, rank: number): number[] {
  if (length <= mostPlaces) return Array.from({ length }, (_, index) => index + 1)
  const places = new Set([rank, rank + 1].filter((place) => place >= 1 && place <= length))
  // As many whatever the rank, so that the places of two seeds are the same.
  const spread = mostPlaces - 2
  for (let step = 0; step < spread; step++) places.add(Math.round(length ** (step / (spread - 1))))
  return [...places].sort((a, b) => a - b)
}

interface FeatureMatrix {
  /** [rows, columns], row-major. */
  values: Float32Array
  rows: number
  columns: number
}

/** Spectra of matrices of features. */
interface FeatureSpectrum {
  /**
   * Eigenvalues of AᵀA, largest first, min(rows, columns) of them: the squares of A's singular values. `centred`: each column of A
   * less its mean. In 64-bit floats, as the smallest would drown in the rounding of 32-bit products.
   */
  of(matrix: FeatureMatrix): Promise<Float64Array>
  dispose(): void
}

function createSpectrum({ centred }: { centred: boolean }): FeatureSpectrum {
  const decompose = traced('spectrum', ({ features }: TensorRecord) =>
    inFloat64((arithmetic) => {
      const whole = arithmetic.of(features!)
      const matrix = centred ? centredColumns(arithmetic, whole) : whole
      const [rows, columns] = features!.shape as [number, number]
      // AᵀA and AAᵀ have the same eigenvalues but for zeros.
      const smaller = arithmetic.matMul(matrix, matrix, rows < columns ? { b: true } : { a: true })
      return { eigenvalues: arithmetic.rounded(arithmetic.eigenvalues(smaller)) }
    }),
  )
  return {
    async of({ values, rows, columns }) {
      const features = tf.tensor2d(values, [rows, columns])
      try {
        const { eigenvalues } = await decompose.run({ features })
        const ascending = await eigenvalues!.data()
        eigenvalues!.dispose()
        // Rounding makes zeros positive or negative.
        return Float64Array.from(ascending, (value) => Math.max(value, 0)).reverse()
      } finally {
        features.dispose()
      }
    },
    dispose: () => decompose.dispose(),
  }
}

function centredColumns({ sub, div, sum, of }: Float64Arithmetic, matrix: Float64): Float64 {
  return sub(matrix, div(sum(matrix, 0), of(tf.scalar(matrix.shape[0]!))))
}
