import type { TensorRecord } from '../../../main/engine/tf.ts'
import { tf } from '../../../main/engine/tf.ts'
import type { EvaluationBatches } from '../../../main/engine/training/batch.ts'
import { filledUp, tensorsOf } from '../../../main/engine/training/batch.ts'

/** A batch whose inputs are on the device: [size of a full batch, …]. Behind the samples that have a label come empty ones. */
export interface DeviceBatch {
  inputs: TensorRecord
  labels: Int32Array
}

/** Samples that are looked at again and again. */
export interface DeviceImages {
  batchCount: number
  /** Does something with a batch, which is there for no longer. */
  with<T>(index: number, work: (batch: DeviceBatch) => Promise<T>): Promise<T>
  dispose(): void
}

/** Samples of a split that stay on the device once they were used, as far as `keptBytes` allow; those beyond are put there each time. */
export function createDeviceImages(
  batches: EvaluationBatches,
  { keptBytes = 2 ** 30 }: { keptBytes?: number } = {},
): DeviceImages {
  const kept = new Map<number, DeviceBatch>()
  let fullSize = 0
  let room = keptBytes

  async function load(index: number): Promise<DeviceBatch> {
    const batch = await batches.batch(index)
    fullSize ||= batch.size
    return { inputs: onDevice(tensorsOf(filledUp(batch, fullSize).inputs)), labels: batch.targets }
  }

  return {
    batchCount: batches.batchCount,
    async with(index, work) {
      const found = kept.get(index)
      if (found) return work(found)
      const batch = await load(index)
      const bytes = Object.values(batch.inputs).reduce((sum, { size }) => sum + 4 * size, 0)
      if (bytes <= room) {
        room -= bytes
        kept.set(index, batch)
        return work(batch)
      }
      try {
        return await work(batch)
      } finally {
        tf.dispose(batch.inputs)
      }
    },
    dispose() {
      for (const { inputs } of kept.values()) tf.dispose(inputs)
      kept.clear()
    },
  }
}

/** What is made of host values lies with the host, and is copied each time it is used; what an operation gives lies where it ran. */
function onDevice(values: TensorRecord): TensorRecord {
  const moved = tf.tidy(() =>
    Object.fromEntries(Object.entries(values).map(([name, each]) => [name, tf.mul(each, tf.scalar(1, each.dtype))])),
  )
  tf.dispose(values)
  return moved
}
