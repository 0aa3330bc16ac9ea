import { expect, it } from 'vitest'
import {
  landscapeDirections,
  movedParameters,
} from '../../../../src/readings/analyses/loss-landscape/compute/directions.ts'
import { compute } from '../../../../src/readings/analyses/loss-landscape/compute.ts'
import { flatten } from '../../../../src/engine/layers/pooling.ts'
import { linear } from '../../../../src/engine/layers/linear.ts'
import type { Network } from '../../../../src/engine/networks/index.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import type { EvaluationBatches } from '../../../../src/engine/training/batch.ts'
import { lossLandscapeParameters } from '../../../../src/readings/analyses/loss-landscape/schema.ts'
import { modelOf, noTraining, runAnalysis } from '../../../support/analyses.ts'
import { imagesBatch } from '../../../support/batches.ts'
import { smallResnet } from '../../../support/networks.ts'
import '../../../support/tensorflow.ts'

/** Two exits, each of which sees two pixels x: logits Wx + b. */
function linearNetwork(): Network {
  const spec = smallResnet({ inputShape: [1, 2, 1], exits: [0] })
  const options = { inputShape: [2], features: 3 }
  const layers = [linear('heads.0.fc', options), linear('classifier', options)]
  const operations = layers.flatMap((layer) => layer.operations)
  return {
    ...createNetwork(spec),
    parameters: layers.flatMap((layer) => layer.parameters),
    exits: [0, null].map((block, exit) => ({
      exit,
      block,
      runs: [exit],
      reaches: [block === null ? 'classifier' : 'heads.0'],
      parameters: new Set<string>(),
    })),
    operations: { exits: [operations.slice(0, 1), operations], backbone: operations.slice(1), stages: [] },
    forward(context, { images }) {
      const pixels = flatten('flat', [1, 2, 1]).apply(context, images!)
      return layers.map((layer) => layer.apply(context, pixels))
    },
  }
}

const linearArrays = {
  'heads.0.fc.weight': { shape: [3, 2], values: Float32Array.of(1, 2, -1, 0.5, 0.25, -2) },
  'heads.0.fc.bias': { shape: [3], values: Float32Array.of(0.5, -0.5, 1) },
  'classifier.weight': { shape: [3, 2], values: Float32Array.of(-0.5, 1, 1.5, 0, 0, 3) },
  'classifier.bias': { shape: [3], values: Float32Array.of(0, 0.25, -1) },
}
const samples = [
  { pixels: [1, -1], label: 0 },
  { pixels: [0.5, 2], label: 2 },
] as const

/** Batches of one of the samples each. */
const sampleBatches: EvaluationBatches = {
  batchCount: samples.length,
  sampleCount: samples.length,
  batch(index) {
    const { pixels, label } = samples[index]!
    return { ...imagesBatch(Float32Array.from(pixels), [1, 2, 1]), targets: Int32Array.of(label) }
  },
}

/** ln Σ exp(z_c) − z_label, z = Wx + b. */
function crossEntropy(weight: number[], bias: ArrayLike<number>, { pixels, label }: (typeof samples)[number]): number {
  const logits = [0, 1, 2].map((row) => bias[row]! + weight[2 * row]! * pixels[0] + weight[2 * row + 1]! * pixels[1])
  return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[label]!
}

it.each([0, 1])(
  'of linear exits: the mean cross-entropy of (W + αδ + βη)x + b at every point, draw %d',
  async (draw) => {
    const network = linearNetwork()
    const { result } = await runAnalysis(compute, {
      parameters: lossLandscapeParameters.parse({ points: 5, reach: 2, seed: 7, draws: 2 }),
      models: [modelOf(network, linearArrays)],
      images: { some: () => sampleBatches, training: noTraining },
    })
    expect(result).toMatchObject({ coefficients: [-2, -1, 0, 1, 2], images: 2 })
    const moved = movedParameters(network, { parts: 'all', oneDimensional: 'zero' })
    const { delta, eta } = landscapeDirections(moved, linearArrays, { seed: 7, draw })
    for (const [exit, layer] of (['heads.0.fc', 'classifier'] as const).entries()) {
      const name = `${layer}.weight` as const
      const bias = linearArrays[`${layer}.bias`].values
      result.coefficients.forEach((alpha, row) =>
        result.coefficients.forEach((beta, column) => {
          const weight = Array.from(
            linearArrays[name].values,
            (value, index) => value + alpha * delta[name]![index]! + beta * eta[name]![index]!,
          )
          const expected = (crossEntropy(weight, bias, samples[0]) + crossEntropy(weight, bias, samples[1])) / 2
          expect(result.surfaces[draw]![exit]![row]![column]).toBeCloseTo(expected, 5)
        }),
      )
    }
  },
)
