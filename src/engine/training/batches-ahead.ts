import type { TrainingBatch, TrainingBatches } from './batch.ts'

/** The batches of a phase in their order. */
export interface BatchesAhead {
  /** Goes on from a batch of an epoch. Those that were given out before may be written over. */
  from(place: { epoch: number; batch: number }): void
  /** The next batch, null behind the last of the epoch; those behind it are in the making. All but the latest may be written over. */
  next(): Promise<TrainingBatch | null>
}

export function batchesAhead(batches: TrainingBatches): BatchesAhead {
  const most = batches.madeAhead ?? 1
  const [making, spares]: [Promise<TrainingBatch>[], TrainingBatch[]] = [[], []]
  const given: TrainingBatch[] = []
  let place = { epoch: 0, index: 0 }
  return {
    from({ epoch, batch }) {
      place = { epoch, index: batch }
      making.length = 0
      spares.push(...given.splice(0))
    },
    async next() {
      spares.push(...given.splice(0, given.length - 1))
      // A step starts in a microtask: without this it would wait for a batch that is made in this thread.
      await new Promise((resolve) => setImmediate(resolve))
      while (making.length < most && place.index < batches.batchesPerEpoch) {
        making.push(begin(batches, { ...place, spare: spares.pop() ?? null }))
        place.index++
      }
      const batch = (await making.shift()) ?? null
      if (batch) given.push(batch)
      return batch
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
