import type { Tensor } from '../tf.ts'
import { tf } from '../tf.ts'
import type { EvaluationBatches } from '../training/batch.ts'
import { filledUp } from '../training/evaluate.ts'

/** A batch whose images are on the device: [size of a full batch, height, width, channels]. Behind the labels' images come empty ones. */
export interface DeviceBatch {
  images: Tensor
  labels: Int32Array
}

/** Images that are looked at again and again. */
export interface DeviceImages {
  batchCount: number
  /** Does something with a batch, which is there for no longer. */
  with<T>(index: number, work: (batch: DeviceBatch) => Promise<T>): Promise<T>
  dispose(): void
}

export interface DeviceImagesOptions {
  /** Of one image. */
  shape: readonly number[]
  /** How much of the device's memory they may keep. */
  keptBytes?: number
}

/** Images of a split that stay on the device once they were used, as far as there is room; those beyond are put there each time. */
export function createDeviceImages(
  batches: EvaluationBatches,
  { shape, keptBytes = 2 ** 30 }: DeviceImagesOptions,
): DeviceImages {
  const kept = new Map<number, DeviceBatch>()
  let fullSize = 0
  let room = keptBytes

  function load(index: number): DeviceBatch {
    const { images, labels, size } = batches.batch(index)
    fullSize ||= size
    const filled = filledUp({ images, size }, fullSize)
    return { images: onDevice(filled.images, [filled.size, ...shape]), labels }
  }

  return {
    batchCount: batches.batchCount,
    async with(index, work) {
      const found = kept.get(index)
      if (found) return work(found)
      const batch = load(index)
      const bytes = batch.images.size * Float32Array.BYTES_PER_ELEMENT
      if (bytes <= room) {
        room -= bytes
        kept.set(index, batch)
        return work(batch)
      }
      try {
        return await work(batch)
      } finally {
        batch.images.dispose()
      }
    },
    dispose() {
      for (const { images } of kept.values()) images.dispose()
      kept.clear()
    },
  }
}

/** What is made of host values lies with the host, and is copied each time it is used; what an operation gives lies where it ran. */
function onDevice(values: Float32Array, shape: number[]): Tensor {
  return tf.tidy(() => tf.mul(tf.tensor(values, shape), 1))
}
