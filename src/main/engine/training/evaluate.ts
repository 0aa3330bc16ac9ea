import type { ExitOutputs } from '../../../shared/evaluation.ts'
import type { ForwardContext } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import type { State, StateScope, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import type { Batch, EvaluationBatches } from './batch.ts'
import { filledUp, withInputs } from './batch.ts'

/** Runs some exits of a network in evaluation mode, as one TensorFlow function. */
export interface Evaluation {
  exits: readonly number[]
  classes: number
  /** Logits [exits, size, classes] of a batch, row-major; `state` from `createModelState` or `createTrainingState`. */
  run(state: State, batch: Batch): Promise<Float32Array>
  dispose(): void
}

/** Prepares to evaluate these exits; blocks behind the deepest of them don't run. */
export function createEvaluation(network: Network, exits: readonly number[]): Evaluation {
  const forward = traced('evaluation', (inputs: TensorRecord, state: StateScope) => {
    const logits = network.forward(evaluationContext(state), inputs.images!, { exits })
    return { logits: tf.stack(exits.map((exit) => logits[exit]!)) }
  })
  return {
    exits,
    classes: network.spec.classes,
    run: (state, batch) =>
      withInputs(batch, {}, async (inputs) => {
        const { logits } = await forward.run(inputs, state)
        const values = await logits!.data()
        logits!.dispose()
        return values as Float32Array
      }),
    dispose: () => forward.dispose(),
  }
}

/** Evaluation mode, over the arrays of a state. */
export const evaluationContext = (state: Pick<StateScope, 'value'>): ForwardContext => ({
  value: (name) => state.value(name),
  training: () => false,
  updateBuffer() {},
  valuesOnly: true,
})

export interface EvaluationRequest {
  state: State
  batches: EvaluationBatches
  /** Asked before each batch; false ends the evaluation. */
  goesOn?: () => Promise<boolean>
}

/** What the exits say about all images of a split; null where `goesOn` ended it. */
export async function evaluateExits(evaluation: Evaluation, request: EvaluationRequest): Promise<ExitOutputs | null> {
  const { state, batches, goesOn = async () => true } = request
  const parts: EvaluatedBatch[] = []
  let fullSize = 0
  for (let index = 0; index < batches.batchCount; index++) {
    if (!(await goesOn())) return null
    const batch = await batches.batch(index)
    fullSize ||= batch.size
    parts.push({ logits: await evaluation.run(state, filledUp(batch, fullSize)), labels: batch.targets })
  }
  const { exits, classes } = evaluation
  return joined(parts, { exitCount: exits.length, classCount: classes })
}

interface EvaluatedBatch {
  /** [exits, size of a full batch, classes] */
  logits: Float32Array
  /** One for each image. */
  labels: Int32Array
}

/** Batches put together, without what filled them up. */
function joined(parts: readonly EvaluatedBatch[], counts: { exitCount: number; classCount: number }): ExitOutputs {
  const { exitCount, classCount } = counts
  const sampleCount = parts.reduce((sum, { labels }) => sum + labels.length, 0)
  const logits = new Float32Array(exitCount * sampleCount * classCount)
  const labels = new Int32Array(sampleCount)
  let first = 0
  for (const part of parts) {
    labels.set(part.labels, first)
    for (let exit = 0; exit < exitCount; exit++) {
      const from = (exit * part.logits.length) / exitCount
      const rows = part.logits.subarray(from, from + part.labels.length * classCount)
      logits.set(rows, (exit * sampleCount + first) * classCount)
    }
    first += part.labels.length
  }
  return { exitCount, sampleCount, classCount, logits, labels }
}
