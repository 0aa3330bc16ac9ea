import type { ExitOutputs, Targets } from '../../shared/evaluation/evaluation.ts'
import type { MetricValues } from '../../shared/methods/metric.ts'
import type { Precision } from '../../shared/experiment/precision.ts'
import type { ForwardContext } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import type { Task } from '../tasks/index.ts'
import { taskOf } from '../tasks/index.ts'
import type { State, StateScope, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import type { Batch, EvaluationBatches } from './batch.ts'
import { filledUp, withInputs } from './batch.ts'

/** Runs some exits of a network in evaluation mode, as one TensorFlow function. */
export interface Evaluation {
  exits: readonly number[]
  classes: number
  task: Task
  /** Logits [exits, size, classes] of a batch, row-major; `state` from `createModelState` or `createTrainingState`. */
  run(state: State, batch: Batch): Promise<Float32Array>
  dispose(): void
}

/** Prepares to evaluate these exits; blocks behind the deepest of them do not run. */
export function createEvaluation(
  network: Network,
  exits: readonly number[],
  precision: Precision = 'float32',
): Evaluation {
  const body = (inputs: TensorRecord, state: StateScope) => {
    const logits = network.forward(evaluationContext(state), inputs, { exits })
    return { logits: tf.stack(exits.map((exit) => logits[exit]!)) }
  }
  const forward = traced('evaluation', body, precision)
  return {
    exits,
    classes: network.spec.classes,
    task: taskOf(network.spec),
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

interface EvaluationRequest {
  state: State
  batches: EvaluationBatches
  /** Asked before each batch; false ends the evaluation. */
  goesOn?: () => Promise<boolean>
}

/** The task's metrics of each exit over a split; null where `goesOn` ended it. */
export async function measureExits(evaluation: Evaluation, request: EvaluationRequest): Promise<MetricValues[] | null> {
  const { task, exits, classes } = evaluation
  const meter = task.createMeter({ exitCount: exits.length, width: classes })
  const isWhole = await eachBatch(evaluation, request, ({ logits, targets }) => meter.add(logits, targets))
  return isWhole ? meter.values() : null
}

/** Outputs of the exits for all samples of a split; null where `goesOn` ended it. */
export async function evaluateExits(evaluation: Evaluation, request: EvaluationRequest): Promise<ExitOutputs | null> {
  const { exits, classes: classCount } = evaluation
  const { sampleCount } = request.batches
  const logits = new Float32Array(exits.length * sampleCount * classCount)
  const found = new evaluation.task.targets(sampleCount)
  const isWhole = await eachBatch(evaluation, request, ({ logits: outputs, targets, samples }) => {
    samples.forEach((sample, row) => (found[sample] = targets[row]!))
    exits.forEach((_, exit) => {
      const from = (exit * outputs.length) / exits.length
      samples.forEach((sample, row) => {
        const start = from + row * classCount
        logits.set(outputs.subarray(start, start + classCount), (exit * sampleCount + sample) * classCount)
      })
    })
  })
  return isWhole ? { exitCount: exits.length, sampleCount, classCount, logits, targets: found } : null
}

/** What a batch gives. */
export interface BatchOutputs {
  /** [exits, size of a full batch, classes], those of its samples first. */
  logits: Float32Array
  targets: Targets
  /** Positions of its samples in the split. */
  samples: Int32Array
}

/** Calls `use` with the outputs of each batch; false where `goesOn` ended it. */
export async function eachBatch(
  evaluation: Evaluation,
  { state, batches, goesOn = async () => true }: EvaluationRequest,
  use: (outputs: BatchOutputs) => void | Promise<void>,
): Promise<boolean> {
  let [firstSize, first] = [0, 0]
  for (let index = 0; index < batches.batchCount; index++) {
    if (!(await goesOn())) return false
    const batch = await batches.batch(index)
    firstSize ||= batch.size
    const { targets, samples = Int32Array.from(targets, (_, row) => first + row) } = batch
    const logits = await evaluation.run(state, filledUp(batch, batch.fullSize ?? firstSize))
    await use({ logits, targets, samples })
    first += targets.length
  }
  return true
}
