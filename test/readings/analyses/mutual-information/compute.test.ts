import { describe, expect, it } from 'vitest'
import { AnalysisPaused } from '../../../../src/engine/analyses/analysis.ts'
import { standardised, compute } from '../../../../src/readings/analyses/mutual-information/compute.ts'
import { createMixture } from '../../../../src/readings/analyses/mutual-information/compute/mixture.ts'
import { createNetwork, type Network } from '../../../../src/engine/networks/index.ts'
import { stream } from '../../../../src/engine/random.ts'
import type { EvaluationBatches } from '../../../../src/engine/training/batch.ts'
import {
  mutualInformationParameters,
  mutualInformationResult,
} from '../../../../src/readings/analyses/mutual-information/schema.ts'
import { modelOf, noTraining, runAnalysis } from '../../../support/analyses.ts'
import { expectClose } from '../../../support/arrays.ts'
import { randomParameters } from '../../../support/forward.ts'
import { batchesOf, identityNetwork, type Rows } from '../../../support/identity-network.ts'
import { madeUpBatches } from '../../../support/images.ts'
import { smallResnet, smallVit } from '../../../support/networks.ts'
import { tensorFlow } from '../../../support/tensorflow.ts'
import { featureFixture } from '../feature-fixture.ts'

interface Setting {
  network: Network
  batches: EvaluationBatches
  kept?: Map<string, Float64Array>
  partsUntilPause?: number
}

function inform(asked: Record<string, unknown>, { network, batches, ...rest }: Setting) {
  const parameters = mutualInformationParameters.parse(asked)
  const models = [modelOf(network, randomParameters(network, 1))]
  const some = (split: string) => (split === parameters.split ? batches : expect.unreachable('another split'))
  return runAnalysis(compute, { parameters, models, images: { some, training: noTraining }, ...rest })
}

/** The one block of a network whose features are these rows. */
async function informationOf(rows: Rows, asked: Record<string, unknown>) {
  const setting = { network: identityNetwork(rows.channels), batches: batchesOf(rows, 100) }
  const { result } = await inform(asked, setting)
  return { ...result.blocks[0]!, result }
}

const resnet = createNetwork(smallResnet())
const images = (network: Network, count = 20) => madeUpBatches(network.spec, { count, batchSize: 8, seed: 2 })

describe('closed forms', () => {
  it('images that the noise cannot blur have ln N of information about themselves', async () => {
    const rows = { values: Array.from({ length: 40 }, (_, image) => image), channels: 1 }
    const { input, inputError, result } = await informationOf(rows, { sigma: 1e-3, samples: 100 })
    expect(result.inputCeiling).toBe(Math.log(40))
    expect(input).toBeCloseTo(Math.log(40), 6)
    expect(inputError).toBeLessThan(1e-6)
  })

  it('equal features have no information', async () => {
    const rows = { values: new Array(60).fill(7), channels: 3, labels: Array.from({ length: 20 }, (_, i) => i % 2) }
    const { input, inputError, label, labelError } = await informationOf(rows, {})
    for (const value of [input, inputError, label, labelError]) expect(Math.abs(value!)).toBeLessThan(1e-6)
  })

  it('two clusters of one class each have ln 2 of information about image and class', async () => {
    const of = (image: number) => image % 2
    const values = Array.from({ length: 40 }, (_, image) => 5 + of(image))
    const labels = Array.from({ length: 40 }, (_, image) => of(image))
    const { input, label, result } = await informationOf({ values, channels: 1, labels }, { sigma: 0.01, samples: 200 })
    expect(input).toBeCloseTo(Math.LN2, 6)
    expect(label).toBeCloseTo(Math.LN2, 6)
    expect(result.labelCeiling).toBeCloseTo(Math.LN2, 12)
  })

  it('clusters that are independent of the class have no information about it', async () => {
    const values = Array.from({ length: 40 }, (_, image) => image % 2)
    const labels = Array.from({ length: 40 }, (_, image) => (image >> 1) % 2)
    const { input, label } = await informationOf({ values, channels: 1, labels }, { sigma: 0.01, samples: 200 })
    expect(input).toBeCloseTo(Math.LN2, 6)
    expect(label).toBeCloseTo(0, 6)
  })

  it.each([1, 2])('a Gaussian channel of %i dimensions has D/2 · ln(1 + 1/σ²), seeds 11 and 12', async (channels) => {
    const source = stream(11, 'channel', channels)
    const values = Array.from({ length: 4000 * channels }, () => source.normal())
    for (const sigma of [0.5, 1, 2]) {
      const rows = { values, channels }
      const { input, inputError } = await informationOf(rows, { sigma, samples: 4000, references: 4000, seed: 12 })
      const expected = (channels / 2) * Math.log(1 + 1 / sigma ** 2)
      // The error is that of the samples; the choice of references adds as much again at most.
      expect(Math.abs(input - expected), `σ = ${sigma}`).toBeLessThan(4 * Math.SQRT2 * inputError)
      expect(inputError).toBeLessThan(0.02)
    }
  })
})

describe('the mixture', () => {
  it.each(featureFixture.informations)('agrees with PyTorch sample by sample: $name', async (expected) => {
    const { sigma, classes, dimensions } = expected
    const mixture = createMixture({ sigma, classes })
    const handles = tensorFlow.liveHandles()
    const references = {
      values: Float32Array.from(expected.references),
      dimensions,
      labels: Int32Array.from(expected.labels),
    }
    const samples = { values: Float32Array.from(expected.samples), origins: Int32Array.from(expected.origins) }
    const { input, label } = await mixture.of(references, samples)
    expectClose(input, expected.input, 1e-6)
    expectClose(label, expected.label, 1e-6)
    expect(tensorFlow.liveHandles()).toBe(handles)
    mixture.dispose()
  })
})

describe('standardised features', () => {
  it('have mean 0 and a mean square of 1, whatever their place and scale, and keep their shape', () => {
    const values = Float32Array.of(101, 20, 103, 20, 101, 24, 103, 24)
    const expected = [-1, -2, 1, -2, -1, 2, 1, 2].map((value) => value / Math.sqrt(2.5))
    expectClose(standardised(values, 2), expected, 1e-6)
    expectClose(standardised(values.map((value) => 8 * value - 300), 2), expected, 1e-6) // prettier-ignore
  })
})

describe('of real networks', () => {
  it('pools the maps of every block, one part a block, and stays within its bounds', async () => {
    const setting = { network: resnet, batches: images(resnet) }
    const { result, planned, previews, kept } = await inform({ samples: 50 }, setting)
    // 12 × 12 × 4 and 6 × 6 × 6, pooled to 4 × 4.
    expect(result.blocks.map(({ dimensions }) => dimensions)).toEqual([64, 64, 96, 96])
    expect(result.inputCeiling).toBe(Math.log(20))
    for (const { input, label } of result.blocks) {
      expect(input).toBeGreaterThan(0)
      expect(input).toBeLessThanOrEqual(result.inputCeiling)
      expect(label).toBeGreaterThan(0)
      expect(label).toBeLessThanOrEqual(result.labelCeiling!)
    }
    expect(planned).toEqual([4])
    expect(kept.size).toBe(4)
    expect(previews.map(({ blocks }) => blocks.length)).toEqual([1, 2, 3, 4])
    for (const preview of previews) expect(mutualInformationResult.parse(preview)).toEqual(preview)
    expect(previews.at(-1)).toEqual(result)
  })

  it('gives less information with more noise', async () => {
    const of = async (sigma: number) =>
      (await inform({ sigma }, { network: resnet, batches: images(resnet) })).result.blocks.map(({ input }) => input)
    const [little, more, much] = [await of(1), await of(4), await of(16)]
    little.forEach((value, block) => {
      expect(value).toBeGreaterThan(more[block]!)
      expect(more[block]).toBeGreaterThan(much[block]!)
    })
  })

  it('does not pool maps that are small enough', async () => {
    const setting = { network: resnet, batches: images(resnet) }
    const { result } = await inform({ poolTo: 6 }, setting)
    expect(result.blocks.map(({ dimensions }) => dimensions)).toEqual([144, 144, 216, 216])
  })

  it('takes the class token of a transformer, and says so', async () => {
    const vit = createNetwork(smallVit())
    const { result } = await inform({ split: 'test' }, { network: vit, batches: images(vit) })
    expect(result.blocks.map(({ dimensions }) => dimensions)).toEqual([8, 8, 8])
    expect(result.caveats.join()).toContain('Only the class token')
  })

  it('leaves out I(Z;Y) where it is not requested', async () => {
    const { result } = await inform({ label: false }, { network: resnet, batches: images(resnet) })
    expect(result.labelCeiling).toBeNull()
    for (const block of result.blocks) expect(block).toMatchObject({ label: null, labelError: null })
  })
})

it('reports where the ceiling limits the result', async () => {
  const setting = { network: resnet, batches: images(resnet) }
  const { result } = await inform({ sigma: 0.01 }, setting)
  expect(result.caveats.join(' ')).toContain('4 of 4 blocks reach the upper limit of 3.00 nats')
  expect(result.caveats.join(' ')).toContain('Only 20 training samples are available of the requested 2,000.')
  const blurred = await inform({ sigma: 8 }, setting)
  expect(blurred.result.caveats.join(' ')).not.toContain('ceiling')
})

it('interrupted after any part it ends bit-identical, and leaves no tensors behind', async () => {
  const setting = { network: resnet, batches: images(resnet) }
  const whole = await inform({ samples: 30 }, setting)
  const handles = tensorFlow.liveHandles()
  for (let parts = 0; parts < 4; parts++) {
    const kept = new Map<string, Float64Array>()
    await expect(inform({ samples: 30 }, { ...setting, kept, partsUntilPause: parts })).rejects.toThrow(AnalysisPaused)
    const { result } = await inform({ samples: 30 }, { ...setting, kept })
    expect(result).toEqual(whole.result)
    expect(kept).toEqual(whole.kept)
  }
  expect(tensorFlow.liveHandles()).toBe(handles)
})
