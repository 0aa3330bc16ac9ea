import type { TrainingBatch, TrainingBatches } from './batch.ts'

/** The batches of an epoch from one on, in their order. */
export interface BatchesAhead {
  /** The next batch, null behind the last; those behind it are in the making. `spare`: an earlier one that is no longer needed. */
  next(spare: TrainingBatch | null): Promise<TrainingBatch | null>
}

export function batchesAhead(
  batches: TrainingBatches,
  { epoch, batch: first }: { epoch: number; batch: number },
): BatchesAhead {
  const making: Promise<TrainingBatch>[] = []
  const most = batches.madeAhead ?? 1
  let begun = first
  return {
    async next(spare) {
      // A step starts in a microtask: without this it would wait for a batch that is made in this thread.
      await new Promise((resolve) => setImmediate(resolve))
      for (let unused = spare; making.length < most && begun < batches.batchesPerEpoch; unused = null) {
        making.push(begin(batches, { epoch, index: begun++, spare: unused }))
      }
      return (await making.shift()) ?? null
    },
  }
}

interface Wanted {
  epoch: number
  index: number
  spare: TrainingBatch | null
}

function begin(batches: TrainingBatches, wanted: Wanted): Promise<TrainingBatch> {
  const batch = made(batches, wanted)
  // Its failure is told to whoever asks for it; after a pause nobody does.
  batch.catch(() => {})
  return batch
}

const made = async (batches: TrainingBatches, { epoch, index, spare }: Wanted) => batches.batch(epoch, index, spare)
