import { analyses } from '../../../src/readings/analyses/index.ts'
import { describe, expect, it } from 'vitest'
import type { AnalysedImages } from '../../../src/engine/analyses/analysis.ts'
import { AnalysisPaused } from '../../../src/engine/analyses/analysis.ts'
import type { ImageSet } from '../../../src/engine/data/index.ts'
import { createEvaluationBatches, createTrainingBatches, someSamples } from '../../../src/engine/data/index.ts'
import type { EngineArray, Network } from '../../../src/engine/networks/index.ts'
import { familyOf, imagePreparationOf } from '../../../src/engine/networks/families.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { stream } from '../../../src/engine/random.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { dataSpec } from '../../../src/shared/data/data.ts'
import { modelOf, runAnalysis } from '../../support/analyses.ts'
import { randomParameters } from '../../support/forward.ts'
import { randomTexts } from '../../support/inputs.ts'
import { smallBert, smallResnet, smallVit } from '../../support/networks.ts'
import { onnxModel, onnxSpec } from '../../support/onnx-fixtures.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

/** What makes each kind quick; everything else has its default. */
const quick: Record<string, object> = {
  'gradient-dominance': { batches: 3 },
  'mode-connectivity': { points: 3, statisticsImages: 100, images: 20 },
  'loss-landscape': { points: 5, images: 20, draws: 2 },
  'numerical-rank': { samples: 20, features: 16 },
  'mutual-information': { samples: 30, references: 20 },
}

const networks = [
  ['ResNet', createNetwork(smallResnet({ blockCounts: [1, 1], exits: [0] }))],
  ['ViT', createNetwork(smallVit({ depth: 2, exits: [0] }))],
  ['BERT', createNetwork(smallBert({ depth: 1, exits: [0], dropout: 0.1, attentionDropout: 0.1 }))],
  ['DenseNet of a file', createNetwork(onnxSpec(onnxModel('dense'), { exits: [0], head: 'pooled' }))],
  ['transformer of a file', createNetwork(onnxSpec(onnxModel('transformer'), { exits: [0], head: '1L' }))],
] as const

/** Made-up images of a network's data, in batches of 16, the last one smaller. */
function imagesOf({ spec }: Network): AnalysedImages {
  if (familyOf(spec).takes === 'text') return textsOf(spec)
  const [side, , channels] = familyOf(spec).inputs(spec)['images']!.shape as [number, number, number]
  const { normalisation, pad } = imagePreparationOf(spec)
  const setOf = (split: string, count: number) => {
    const random = stream(1, 'registry', split)
    return {
      kind: 'images' as const,
      images: Uint8Array.from({ length: count * side * side * channels }, () => random.integer(256)),
      labels: Int32Array.from({ length: count }, () => random.integer(spec.classes)),
      count,
      height: side,
      width: side,
      channels,
      classes: spec.classes,
    }
  }
  const sets = { train: setOf('train', 60), test: setOf('test', 40) }
  const data = dataSpec.parse({ source: 'mnist', mixing: {} })
  return {
    some: (split, options) =>
      createEvaluationBatches(someSamples(sets[split], options) as ImageSet, { normalisation, pad, batchSize: 16 }),
    training: createTrainingBatches(sets.train, { data, normalisation, batchSize: 16, seed: 1, phaseId: 'phase' }),
  }
}

/** Made-up texts of different lengths, in batches of 16. */
function textsOf(spec: NetworkSpec): AnalysedImages {
  const batch = (index: number) => ({ inputs: randomTexts(spec, 16, index), size: 16 })
  const labels = (index: number) => Int32Array.from({ length: 16 }, (_, i) => (index + i) % spec.classes)
  const oneHot = (index: number) =>
    Float32Array.from({ length: 16 * spec.classes }, (_, i) =>
      Number(labels(index)[Math.floor(i / spec.classes)] === i % spec.classes),
    )
  const shape = [16, spec.classes]
  return {
    some: (_split, { count }) => ({
      batchCount: Math.ceil(count / 16),
      sampleCount: count,
      batch(index) {
        const size = Math.min(16, count - 16 * index)
        return { inputs: randomTexts(spec, size, index), size, targets: labels(index).subarray(0, size) }
      },
    }),
    training: {
      batchesPerEpoch: 4,
      batch: (_epoch, index) => ({ ...batch(index), targets: { values: oneHot(index), shape, dtype: 'float32' } }),
    },
  }
}

describe.each(analyses.names())('%s', (kind) => {
  const { info, parameters: parametersSchema, result: resultSchema, compute } = analyses.get(kind)
  const parameters = parametersSchema.parse(quick[kind])

  /** Of runs with random weights, each its own. */
  const arraysOf = (network: Network) =>
    Array.from({ length: info.runs }, (_, index) => randomParameters(network, index + 1))

  function analyse(
    network: Network,
    setting: {
      arrays?: Record<string, EngineArray>[]
      kept?: Map<string, Float64Array>
      partsUntilPause?: number
    } = {},
  ) {
    const { arrays = arraysOf(network), ...rest } = setting
    const models = arrays.map((each) => modelOf(network, each))
    return runAnalysis(compute, { parameters, models, images: imagesOf(network), ...rest })
  }

  describe.each(networks)('of a %s', (_, network) => {
    it('announces its number of parts, and its result and previews fit their schema', async () => {
      const { result, previews, planned, kept } = await analyse(network)
      expect(planned.at(-1)).toBe(kept.size)
      expect(planned).toEqual(planned.toSorted((a, b) => b - a))
      expect(kept.size).toBeGreaterThan(1)
      expect(resultSchema.parse(result)).toEqual(result)
      for (const preview of previews) expect(resultSchema.parse(preview)).toEqual(preview)
      expect(previews.at(-1)).toEqual(result)
      for (const caveat of resultSchema.parse(result).caveats) expect(caveat).toMatch(/^[A-Z\d].*[^.]\.$/)
    })

    it('interrupted before each part it ends bit-identical, and leaves no tensors behind', async () => {
      const whole = await analyse(network)
      const handles = tensorFlow.liveHandles()
      const kept = new Map<string, Float64Array>()
      for (let partCount = 0; partCount < whole.kept.size; partCount++) {
        await expect(analyse(network, { kept, partsUntilPause: Math.min(1, partCount) })).rejects.toThrow(
          AnalysisPaused,
        )
        expect(kept.size).toBe(partCount)
        expect(tensorFlow.liveHandles(), `after ${partCount} parts`).toBe(handles)
      }
      const { result, planned } = await analyse(network, { kept })
      expect(planned.at(-1)).toBe(whole.kept.size)
      expect(kept).toEqual(whole.kept)
      expect(JSON.stringify(result)).toBe(JSON.stringify(whole.result))
    })

    it('refuses a run whose weights are not finite, in words', async () => {
      const handles = tensorFlow.liveHandles()
      for (let run = 0; run < info.runs; run++) {
        const arrays = arraysOf(network)
        for (const { values } of Object.values(arrays[run]!)) values[0] = NaN
        const refused = expect(analyse(network, { arrays })).rejects
        // Weights that are damaged are made again, to no avail here.
        await refused.toMatchObject({ code: 'conflict', message: expect.stringContaining('not finite') })
      }
      expect(tensorFlow.liveHandles()).toBe(handles)
    })
  })
})
