import type { ForwardContext } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import type { State, StateScope, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import type { EvaluationBatches, ImageBatch } from './batch.ts'
import { imageShape } from './batch.ts'
import type { ExitLogits } from './metrics.ts'

/** Runs some exits of a network in evaluation mode, as one TensorFlow function. */
export interface Evaluation {
  exits: readonly number[]
  /** Logits [exits, size, classes] of a batch, row-major; `state` from `createModelState` or `createTrainingState`. */
  run(state: State, batch: ImageBatch): Promise<Float32Array>
  dispose(): void
}

/** Prepares to evaluate these exits; blocks behind the deepest of them don't run. */
export function createEvaluation(network: Network, exits: readonly number[]): Evaluation {
  const shape = imageShape(network.spec)
  const forward = traced('evaluation', (inputs: TensorRecord, state: StateScope) => {
    const logits = network.forward(evaluationContext(state), inputs.images!, { exits })
    return { logits: tf.stack(exits.map((exit) => logits[exit]!)) }
  })
  return {
    exits,
    async run(state, { images, size }) {
      const inputs = { images: tf.tensor(images, [size, ...shape]) }
      try {
        const { logits } = await forward.run(inputs, state)
        const values = await logits!.data()
        logits!.dispose()
        return values as Float32Array
      } finally {
        tf.dispose(inputs)
      }
    },
    dispose: () => forward.dispose(),
  }
}

const evaluationContext = (state: StateScope): ForwardContext => ({
  value: (name) => state.value(name),
  training: () => false,
  updateBuffer() {},
})

export interface EvaluationRequest {
  state: State
  batches: EvaluationBatches
  /** Asked before each batch; false ends the evaluation. */
  goesOn?: () => Promise<boolean>
}

/** Logits of all images of a split; null where `goesOn` ended it. */
export async function evaluateExits(evaluation: Evaluation, request: EvaluationRequest): Promise<ExitLogits | null> {
  const { state, batches, goesOn = async () => true } = request
  const parts: { logits: Float32Array; labels: Int32Array }[] = []
  let fullSize = 0
  for (let index = 0; index < batches.batchCount; index++) {
    if (!(await goesOn())) return null
    const { images, labels, size } = batches.batch(index)
    fullSize ||= size
    const logits = await evaluation.run(state, filledUp({ images, size }, fullSize))
    parts.push({ logits, labels })
  }
  return { ...joined(parts, { exits: evaluation.exits.length, fullSize }), exits: evaluation.exits }
}

/** A batch with empty images behind it, so that the last one of a split needs no function of its own. */
function filledUp({ images, size }: ImageBatch, fullSize: number): ImageBatch {
  if (size === fullSize) return { images, size }
  const filled = new Float32Array((images.length / size) * fullSize)
  filled.set(images)
  return { images: filled, size: fullSize }
}

/** Logits [exits, fullSize, classes] of each batch → [exits, samples, classes] of them all. */
function joined(
  parts: readonly { logits: Float32Array; labels: Int32Array }[],
  { exits, fullSize }: { exits: number; fullSize: number },
): Omit<ExitLogits, 'exits'> {
  const samples = parts.reduce((sum, { labels }) => sum + labels.length, 0)
  const classes = parts.length === 0 ? 0 : parts[0]!.logits.length / (exits * fullSize)
  const logits = new Float32Array(exits * samples * classes)
  const labels = new Int32Array(samples)
  let first = 0
  for (const part of parts) {
    labels.set(part.labels, first)
    for (let exit = 0; exit < exits; exit++) {
      const from = exit * fullSize * classes
      const rows = part.logits.subarray(from, from + part.labels.length * classes)
      logits.set(rows, (exit * samples + first) * classes)
    }
    first += part.labels.length
  }
  return { logits, labels }
}
