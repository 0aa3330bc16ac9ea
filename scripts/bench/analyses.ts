/**
 * `npm run bench:analyses`: a loss landscape (25 × 25 points, 1,000 images) and mode connectivity (25 points, naive and matched, 2,000
 * images for the statistics and 1,000 of each split) of ResNet-20 with eight exits, weights and images made up. One JSON line each, with
 * the processor time of all threads, which other programs disturb less.
 */
import { scriptArguments } from '../arguments.ts'
import { compute as connectivity } from '../../src/readings/analyses/mode-connectivity/compute.ts'
import { modeConnectivityParameters } from '../../src/readings/analyses/mode-connectivity/schema.ts'
import { compute as landscape } from '../../src/readings/analyses/loss-landscape/compute.ts'
import { lossLandscapeParameters } from '../../src/readings/analyses/loss-landscape/schema.ts'
import type { AnalysedModel, AnalysisRequest } from '../../src/engine/analyses/analysis.ts'
import { createNetwork } from '../../src/engine/networks/index.ts'
import { stream } from '../../src/engine/random.ts'
import { phasesOf } from '../../src/engine/regimes/index.ts'
import type { EvaluationBatches } from '../../src/engine/training/batch.ts'
import { startSnapshot } from '../../src/engine/training/phase-start.ts'
import { benchCases } from './cases.ts'
import { report, timed } from './measure.ts'
import { openWithThreads } from './open-tensorflow.ts'

const { values: options } = scriptArguments({
  options: {
    only: { type: 'string', default: 'landscape,connectivity' },
    precision: { type: 'string', default: 'float32' },
    points: { type: 'string', default: '25' },
    batch: { type: 'string', default: '125' },
    threads: { type: 'string', default: '2' },
  },
})
const points = Number(options.points)
openWithThreads(Number(options.threads))

const network = createNetwork(benchCases.resnet20.network)
const phase = phasesOf('joint', network)[0]!
const modelOf = (seed: number): AnalysedModel => {
  const { model: weights } = startSnapshot({ network, phase }, { seed })
  return { network, weights, phase, epochs: 1 }
}

/** As the trainer's batches, in memory. */
function someImages(_split: string, { count }: { count: number }): EvaluationBatches {
  const source = stream(count, 'bench')
  const size = Number(options.batch)
  const shape = [32, 32, 3]
  const images = Float32Array.from({ length: count * 3072 }, () => source.normal())
  const labels = Int32Array.from({ length: count }, () => source.integer(10))
  return {
    batchCount: Math.ceil(count / size),
    sampleCount: count,
    batch(index) {
      const [from, to] = [index * size, Math.min(count, (index + 1) * size)]
      const values = images.subarray(from * 3072, to * 3072)
      const inputs = { images: { values, shape: [to - from, ...shape], dtype: 'float32' as const } }
      return { inputs, targets: labels.subarray(from, to), size: to - from }
    },
  }
}

function requestOf<Parameters>(parameters: Parameters, models: AnalysedModel[]): AnalysisRequest<Parameters, never> {
  const training = { batchesPerEpoch: 0, batch: () => Promise.reject(new Error('no training batches are needed')) }
  return {
    parameters,
    models,
    images: { some: someImages, training },
    plan() {},
    part: async (_key, compute) => Float64Array.from(await compute()),
    preview() {},
  }
}

async function measure(analysis: string, compute: () => Promise<{ caveats: readonly string[] }>): Promise<void> {
  const { answer, ...times } = await timed(compute)
  const [seconds, processorSeconds] = [times.seconds, times.processorSeconds].map((each) => Number(each.toFixed(1)))
  const { precision, batch } = options
  report({ analysis, precision, points, batch, seconds, processorSeconds, caveat: answer.caveats[0] })
}

const chosen = options.only.split(',')
if (chosen.includes('landscape')) {
  const parameters = lossLandscapeParameters.parse({ points, precision: options.precision })
  await measure('loss-landscape', () => landscape(requestOf(parameters, [modelOf(1)])))
}
if (chosen.includes('connectivity')) {
  const parameters = modeConnectivityParameters.parse({ points, precision: options.precision })
  await measure('mode-connectivity', () => connectivity(requestOf(parameters, [modelOf(1), modelOf(2)])))
}
