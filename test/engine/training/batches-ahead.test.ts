import { expect, test } from 'vitest'
import type { TrainingBatch, TrainingBatches } from '../../../src/engine/training/batch.ts'
import { batchesAhead } from '../../../src/engine/training/batches-ahead.ts'

const empty = { values: new Float32Array(), shape: [0], dtype: 'float32' } as const
/** Of as many samples as its number in the epoch, to be told from others. */
const batchOf = (index: number): TrainingBatch => ({ inputs: {}, size: index, targets: empty })

/** Batches that are made when the test says so. */
function slowBatches(madeAhead?: number) {
  const begun: { epoch: number; index: number; spare: number | null }[] = []
  const making: PromiseWithResolvers<TrainingBatch>[] = []
  const batches: TrainingBatches = {
    batchesPerEpoch: 5,
    ...(madeAhead && { madeAhead }),
    batch(epoch, index, spare) {
      begun.push({ epoch, index, spare: spare?.size ?? null })
      return (making[index] = Promise.withResolvers<TrainingBatch>()).promise
    },
  }
  return { batches, begun, finish: (index: number) => making[index]!.resolve(batchOf(index)), making }
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

test('prepares two batches while one is trained on, in the buffers of finished ones', async () => {
  const { batches, begun, finish } = slowBatches(2)
  const ahead = batchesAhead(batches)
  ahead.from({ epoch: 3, batch: 1 })
  const first = ahead.next()
  await turn()
  expect(begun.map(({ index }) => index)).toEqual([1, 2])
  // The later one is done first.
  finish(2)
  finish(1)
  expect([await first, await ahead.next()]).toEqual([batchOf(1), batchOf(2)])
  const third = ahead.next()
  await turn()
  finish(3)
  finish(4)
  expect([await third, await ahead.next(), await ahead.next()]).toEqual([batchOf(3), batchOf(4), null])
  expect(begun).toEqual([
    { epoch: 3, index: 1, spare: null },
    { epoch: 3, index: 2, spare: null },
    { epoch: 3, index: 3, spare: null },
    { epoch: 3, index: 4, spare: 1 },
  ])
  // None of them is needed in the next epoch.
  ahead.from({ epoch: 4, batch: 0 })
  void ahead.next()
  await turn()
  expect(begun.slice(4).map(({ spare }) => spare)).toEqual([4, 3])
})

test('batches are made one at a time unless they ask for more', async () => {
  const { batches, begun, finish } = slowBatches()
  const ahead = batchesAhead(batches)
  ahead.from({ epoch: 0, batch: 0 })
  for (const index of [0, 1]) {
    const next = ahead.next()
    await turn()
    finish(index)
    expect(await next).toMatchObject({ size: index })
    expect(begun.length).toBe(index + 1)
  }
})

test('a batch that cannot be made fails for its reader only, and for nobody if it is not read', async () => {
  const { batches, making, finish } = slowBatches(2)
  const ahead = batchesAhead(batches)
  ahead.from({ epoch: 0, batch: 0 })
  const first = ahead.next()
  await turn()
  making[1]!.reject(new Error('unreadable'))
  finish(0)
  expect(await first).toMatchObject({ size: 0 })
  await turn()
  await expect(ahead.next()).rejects.toThrow('unreadable')
})
