import type { Precision } from '../../../../shared/experiment/precision.ts'
import type { Network } from '../../../../engine/networks/index.ts'
import { createState, type State } from '../../../../engine/tf.ts'
import type { EvaluationBatches } from '../../../../engine/training/batch.ts'
import { withDisposables } from '../../../../engine/training/with-disposables.ts'
import { createEvaluation, evaluateExits, measureExits } from '../../../../engine/training/evaluate.ts'
import { createStatisticsEstimation } from '../../../../engine/analyses/batch-norm-statistics.ts'
import type { EngineArrays } from '../../../../engine/matching/permute-units.ts'

export interface SurveyOptions {
  network: Network
  train: EvaluationBatches
  test: EvaluationBatches
  /** Training images by which the statistics of batch norm are measured at each place; null: they are taken as they are. */
  statistics: EvaluationBatches | null
  precision: Precision
}

/** Looks at a network at many places of its parameter space. */
export interface PathSurvey {
  /** [train, test][loss in nats, accuracy][exits], flat. Default precision: that of the survey. */
  metricsAt(arrays: EngineArrays, precision?: Precision): Promise<number[]>
  /** Logits [exits, images, classes] on the test images, with the arrays' own statistics; in float32. */
  testLogits(arrays: EngineArrays): Promise<{ logits: Float32Array; images: number }>
}

/** Does some work with a survey, and disposes of it. `start`: any arrays of the network. */
export async function surveying<T>(
  { network, train, test, statistics, precision: usual }: SurveyOptions,
  start: EngineArrays,
  work: (survey: PathSurvey) => Promise<T>,
): Promise<T> {
  const state = createState({ ...start })
  const passes = { float32: createPasses(network, 'float32'), bfloat16: createPasses(network, 'bfloat16') }
  const survey: PathSurvey = {
    async metricsAt(arrays, precision = usual) {
      const { evaluation, estimation } = passes[precision]
      write(state, arrays)
      if (statistics) await estimation.run(state, statistics)
      const measured = [
        await measureExits(evaluation, { state, batches: train }),
        await measureExits(evaluation, { state, batches: test }),
      ]
      return measured.flatMap((exits) => ['loss', 'accuracy'].flatMap((metric) => exits!.map((each) => each[metric]!)))
    },
    async testLogits(arrays) {
      write(state, arrays)
      const { logits, sampleCount } = (await evaluateExits(passes.float32.evaluation, { state, batches: test }))!
      return { logits, images: sampleCount }
    },
  }
  return withDisposables([passes.float32, passes.bfloat16, state], () => work(survey))
}

/** Traced when they are first run. */
function createPasses(network: Network, precision: Precision) {
  const exits = network.exits.map(({ exit }) => exit)
  const evaluation = createEvaluation(network, exits, precision)
  const estimation = createStatisticsEstimation(network, precision)
  return {
    evaluation,
    estimation,
    dispose() {
      evaluation.dispose()
      estimation.dispose()
    },
  }
}

function write(state: State, arrays: EngineArrays): void {
  for (const name of state.names) state.write(name, arrays[name]!.values)
}
