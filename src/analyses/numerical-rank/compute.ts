import type { NumericalRankParameters, NumericalRankResult } from './schema.ts'
import { rankTolerance } from './rank-tolerance.ts'
import { withDisposables } from '../../main/engine/training/with-disposables.ts'
import type { AnalysisRequest, Compute } from '../../main/engine/analyses/analysis.ts'
import type { FeatureReader } from '../../main/engine/features/block-features.ts'
import { readingFeatures } from '../../main/engine/features/block-features.ts'
import type { FeatureSpectrum } from './compute/spectrum.ts'
import { createSpectrum } from './compute/spectrum.ts'
import type { FeatureSubset } from '../../main/engine/features/feature-views.ts'
import { featureSubsets } from '../../main/engine/features/feature-views.ts'
import { spectrumPlaces } from './compute/spectrum-subsample.ts'

type Request = AnalysisRequest<NumericalRankParameters, NumericalRankResult>
type BlockRank = NumericalRankResult['blocks'][number]

/** How many directions the features of each block span. */
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
  const least = rankTolerance(parameters, { samples: imageCount, usedFeatures: view.width })
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
  const { network } = models[0]!
  const caveats = [
    imageCount < parameters.samples &&
      `There are only ${imageCount} test images; ${parameters.samples} were asked for.`,
    views.some(({ width, featureCount }) => width < featureCount) &&
      `Blocks of more than ${parameters.features} features are represented by a random subset of so many: their ranks are those of the subset, at most that of all features.`,
    views.some(({ width }) => width > imageCount) &&
      `Some blocks have more features than the ${imageCount} images that were looked at, which limits their rank: compare with more images.`,
    network.reads === 'tokens' &&
      parameters.tokens === 'class' &&
      'Only the class token is looked at, which the exits read; the other tokens may span more.',
  ]
  return caveats.filter((caveat) => caveat !== false)
}
