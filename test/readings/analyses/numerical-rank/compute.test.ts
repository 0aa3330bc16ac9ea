import { describe, expect, it } from 'vitest'
import { AnalysisPaused } from '../../../../src/engine/analyses/analysis.ts'
import { compute } from '../../../../src/readings/analyses/numerical-rank/compute.ts'
import type { Network } from '../../../../src/engine/networks/index.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import type { EvaluationBatches } from '../../../../src/engine/training/batch.ts'
import {
  numericalRankParameters,
  numericalRankResult,
} from '../../../../src/readings/analyses/numerical-rank/schema.ts'
import { modelOf, noTraining, runAnalysis } from '../../../support/analyses.ts'
import { expectClose } from '../../../support/arrays.ts'
import { randomParameters } from '../../../support/forward.ts'
import { batchesOf, identityNetwork } from '../../../support/identity-network.ts'
import { madeUpBatches } from '../../../support/images.ts'
import { smallBert, smallResnet, smallVit } from '../../../support/networks.ts'
import { tensorFlow } from '../../../support/tensorflow.ts'
import { featureFixture } from '../feature-fixture.ts'

interface Setting {
  network: Network
  batches: EvaluationBatches
  arrays?: ReturnType<typeof randomParameters>
  kept?: Map<string, Float64Array>
  partsUntilPause?: number
}

function rank(asked: Record<string, unknown>, { network, batches, arrays, ...rest }: Setting) {
  const parameters = numericalRankParameters.parse(asked)
  const models = [modelOf(network, arrays ?? randomParameters(network, 1))]
  const some = (split: string) => (split === 'test' ? batches : expect.unreachable('test images are asked for'))
  return runAnalysis(compute, { parameters, models, images: { some, training: noTraining }, ...rest })
}

const planted = ({ values, columns }: { values: number[]; columns: number }) => ({
  network: identityNetwork(columns),
  batches: batchesOf({ values, channels: columns }),
})

/** Two axes, far from 0: (10 ± a, 10 ± b) for a few (a, b), so that the covariance is diagonal. */
function cross(a: number, b: number) {
  return planted({ values: [10 + a, 10, 10 - a, 10, 10, 10 + b, 10, 10 - b], columns: 2 })
}

const resnet = createNetwork(smallResnet())
const vit = createNetwork(smallVit())
const images = (network: Network, count = 20) => madeUpBatches(network.spec, { count, batchSize: 8, seed: 2 })

describe('the covariance definition', () => {
  it('counts eigenvalues above the threshold: variances of 1 and 1/4 are two directions at 0.2 and one at 0.3', async () => {
    for (const [threshold, expected] of [
      [0.2, 2],
      [0.3, 1],
    ] as const) {
      const { result } = await rank({ threshold }, cross(1, 0.5))
      const [block] = result.blocks
      expect(block).toMatchObject({ block: 0, rank: expected, full: 2, featureCount: 2, usedFeatures: 2 })
      expect(block!.spectrum.map(({ index }) => index)).toEqual([1, 2])
      expectClose(block!.spectrum.map(({ value }) => value), [1, 0.25], 1e-6) // prettier-ignore
    }
  })

  it('finds rank 0 where all images have the same features', async () => {
    const { result } = await rank({}, planted({ values: new Array(12).fill(5), columns: 3 }))
    expect(result.blocks[0]).toMatchObject({ rank: 0, spectrum: [1, 2, 3].map((index) => ({ index, value: 0 })) })
  })

  it.each(featureFixture.spectra)('agrees with PyTorch: $name', async (features) => {
    const { result } = await rank({}, planted(features))
    expect(result.blocks[0]!.rank).toBe(features.covarianceRank)
  })
})

describe('the tolerance definition', () => {
  it.each(featureFixture.spectra)('agrees with PyTorch’s matrix_rank: $name', async (features) => {
    const { result } = await rank({ definition: 'tolerance' }, planted(features))
    const [block] = result.blocks
    expect(block!.rank).toBe(features.matrixRank)
    const relative = features.plain.map((square) => Math.sqrt(square / features.plain[0]!))
    expectClose(block!.spectrum.map(({ value }) => value), relative, 1e-6) // prettier-ignore
  })

  it('counts the direction of the mean, too', async () => {
    const { result } = await rank({ definition: 'tolerance' }, planted({ values: new Array(12).fill(5), columns: 3 }))
    expect(result.blocks[0]!.rank).toBe(1)
  })
})

describe('of real networks', () => {
  it('takes flattened maps of every block', async () => {
    const { result, planned, previews, kept } = await rank({}, { network: resnet, batches: images(resnet) })
    expect(result.samples).toBe(20)
    expect(result.blocks.map(({ featureCount }) => featureCount)).toEqual([576, 576, 216, 216])
    for (const { usedFeatures, featureCount, full, rank: found } of result.blocks) {
      expect([usedFeatures, full]).toEqual([featureCount, 20])
      // 20 images less their mean.
      expect(found).toBe(19)
    }
    expect(planned).toEqual([4])
    expect([...kept.keys()]).toEqual(['block/0', 'block/1', 'block/2', 'block/3'])
    expect(previews.map(({ blocks }) => blocks.length)).toEqual([1, 2, 3, 4])
    for (const preview of previews) expect(numericalRankResult.parse(preview)).toEqual(preview)
    expect(previews.at(-1)).toEqual(result)
  })

  it('takes a random subset of large maps: the same for every run, another for another seed', async () => {
    const spectrum = async (seed: number, network = resnet) => {
      const { result } = await rank({ features: 50, seed }, { network, batches: images(resnet) })
      expect(result.blocks.map(({ usedFeatures }) => usedFeatures)).toEqual([50, 50, 50, 50])
      return result.blocks.map((block) => block.spectrum)
    }
    const first = await spectrum(0)
    expect(await spectrum(0, createNetwork(smallResnet({ exits: [1] })))).toEqual(first)
    expect(await spectrum(1)).not.toEqual(first)
  })

  it('of texts looks at the class token alone, since other tokens may be padding', async () => {
    const batches = { batchCount: 1, sampleCount: 1, batch: () => expect.unreachable() }
    const asked = rank({ tokens: 'all' }, { network: createNetwork(smallBert()), batches })
    await expect(asked).rejects.toThrow('Texts differ in length')
  })

  it('takes the class token of a transformer, or all tokens', async () => {
    const of = async (tokens: string) => (await rank({ tokens }, { network: vit, batches: images(vit) })).result
    const [one, all] = [await of('class'), await of('all')]
    expect(one.blocks.map(({ usedFeatures }) => usedFeatures)).toEqual([8, 8, 8])
    expect(all.blocks.map(({ usedFeatures }) => usedFeatures)).toEqual([40, 40, 40])
    expect(one.caveats.join()).toContain('Only the class token')
    expect(all.caveats.join()).not.toContain('class token')
  })
})

it('reports what limits the count', async () => {
  const caveats = async (asked: Record<string, unknown>) =>
    (await rank(asked, { network: resnet, batches: images(resnet) })).result.caveats
  expect(await caveats({ samples: 20, features: 20 })).toEqual([expect.stringContaining('random subset')])
  expect(await caveats({ samples: 21, features: 600 })).toEqual([
    'Only 20 test samples are available of the requested 21.',
    expect.stringContaining('more features than the number of samples (20)'),
  ])
})

it('interrupted after any part it ends bit-identical, and leaves no tensors behind', async () => {
  const setting = { network: resnet, batches: images(resnet) }
  const whole = await rank({}, setting)
  const handles = tensorFlow.liveHandles()
  for (let parts = 0; parts < 4; parts++) {
    const kept = new Map<string, Float64Array>()
    await expect(rank({}, { ...setting, kept, partsUntilPause: parts })).rejects.toThrow(AnalysisPaused)
    const { result } = await rank({}, { ...setting, kept })
    expect(result).toEqual(whole.result)
    expect(kept).toEqual(whole.kept)
  }
  expect(tensorFlow.liveHandles()).toBe(handles)
})

it('refuses a run that diverged', async () => {
  const arrays = randomParameters(resnet, 1)
  arrays['blocks.1.conv1.weight']!.values[0] = NaN
  const diverged = rank({}, { network: resnet, batches: images(resnet), arrays })
  await expect(diverged).rejects.toThrow('The features of block 1 are not finite')
})
