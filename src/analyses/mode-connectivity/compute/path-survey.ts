import type { Network } from '../../../main/engine/networks/index.ts'
import { createState, type State } from '../../../main/engine/tf.ts'
import type { EvaluationBatches } from '../../../main/engine/training/batch.ts'
import { withDisposables } from '../../../main/engine/training/with-disposables.ts'
import { createEvaluation, evaluateExits, measureExits } from '../../../main/engine/training/evaluate.ts'
import { createStatisticsEstimation } from '../../../main/engine/analyses/batch-norm-statistics.ts'
import type { EngineArrays } from '../../../main/engine/matching/permute-units.ts'

export interface SurveyOptions {
  network: Network
  train: EvaluationBatches
  test: EvaluationBatches
  /** Training images by which the statistics of batch norm are measured at each place; null: they are taken as they are. */
  statistics: EvaluationBatches | null
}

/** Looks at a network at many places of its parameter space. */
export interface PathSurvey {
  /** [train, test][loss in nats, accuracy][exits], flat. */
  metricsAt(arrays: EngineArrays): Promise<number[]>
  /** Logits [exits, images, classes] on the test images, with the arrays' own statistics. */
  testLogits(arrays: EngineArrays): Promise<{ logits: Float32Array; images: number }>
}

/** Does some work with a survey, and disposes of it. `start`: any arrays of the network. */
export async function surveying<T>(
  { network, train, test, statistics }: SurveyOptions,
  start: EngineArrays,
  work: (survey: PathSurvey) => Promise<T>,
): Promise<T> {
  const exits = network.exits.map(({ exit }) => exit)
  const state = createState({ ...start })
  const evaluation = createEvaluation(network, exits)
  const estimation = createStatisticsEstimation(network)
  const survey: PathSurvey = {
    async metricsAt(arrays) {
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
      const { logits, sampleCount } = (await evaluateExits(evaluation, { state, batches: test }))!
      return { logits, images: sampleCount }
    },
  }
  return withDisposables([evaluation, estimation, state], () => work(survey))
}

function write(state: State, arrays: EngineArrays): void {
  for (const name of state.names) state.write(name, arrays[name]!.values)
}
