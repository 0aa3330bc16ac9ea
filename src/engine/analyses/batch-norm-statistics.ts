import type { Precision } from '../../shared/experiment/precision.ts'
import type { ForwardContext } from '../layers/layer.ts'
import { isStatistic } from '../layers/parameter.ts'
import type { Network } from '../networks/index.ts'
import type { State, StateScope, Tensor, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import type { EvaluationBatches } from '../training/batch.ts'
import { withInputs } from '../training/batch.ts'

/** Re-estimates the statistics of a network's batch norm. */
interface StatisticsEstimation {
  /** Gives every running statistic in `state` its mean over the batches, each weighted by its images. */
  run(state: State, batches: EvaluationBatches): Promise<void>
  dispose(): void
}

/** Whether a network has statistics to estimate. */
export function hasBatchNorm(network: Network): boolean {
  return network.parameters.some(isStatistic)
}

/** Passes of a network with only its batch norm in training mode, as one TensorFlow function. */
export function createStatisticsEstimation(network: Network, precision: Precision): StatisticsEstimation {
  const buffers = network.parameters.filter(isStatistic)
  const names = new Set(buffers.map(({ name }) => name))
  const body = (inputs: TensorRecord, state: StateScope) => {
    network.forward(estimatingContext(state, names, inputs.share!), inputs)
    return {}
  }
  const pass = traced('statistics', body, precision)
  return {
    async run(state, batches) {
      for (const { name, shape } of buffers) state.write(name, new Float32Array(shape[0]!))
      let seen = 0
      for (let index = 0; index < batches.batchCount; index++) {
        const batch = await batches.batch(index)
        seen += batch.size
        const others = { share: tf.scalar(batch.size / seen) }
        await withInputs(batch, others, (inputs) => pass.run(inputs, state))
      }
    },
    dispose: () => pass.dispose(),
  }
}

/** `share`: of the batch among all images so far. */
function estimatingContext(state: StateScope, buffers: ReadonlySet<string>, share: Tensor): ForwardContext {
  return {
    // The layer moves a statistic a part of the way to that of the batch; from 0, the batch's own statistic follows.
    value: (name) => (buffers.has(name) ? tf.zerosLike(state.value(name)) : state.value(name)),
    training: (name) => buffers.has(name),
    updateBuffer(name, moved, ratio) {
      const mean = state.value(name)
      const ofBatch = tf.div(moved, ratio)
      state.assign(name, tf.add(mean, tf.mul(tf.sub(ofBatch, mean), share)))
    },
  }
}
