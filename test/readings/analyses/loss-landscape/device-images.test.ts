import { expect, it, test } from 'vitest'
import { createDeviceImages } from '../../../../src/readings/analyses/loss-landscape/compute/survey.ts'
import type { EvaluationBatches } from '../../../../src/engine/training/batch.ts'
import { pixelsOf } from '../../../support/batches.ts'
import { madeUpBatches } from '../../../support/images.ts'
import { smallResnet } from '../../../support/networks.ts'
import { tensorFlow } from '../../../support/tensorflow.ts'

const spec = smallResnet()
/** Batches of 8, 8 and 4 images. */
const batches = madeUpBatches(spec, { count: 20, batchSize: 8, seed: 1 })
const batchBytes = 8 * 12 * 12 * 4

test.each([
  ['all', 3 * batchBytes, 3],
  ['the first', 2 * batchBytes - 1, 3 + 2],
  ['none', 0, 3 + 3],
])('keeps %s of the batches on the device, as far as there is room', async (_, keptBytes, reads) => {
  const handles = tensorFlow.liveHandles()
  const read: number[] = []
  const recorded: EvaluationBatches = { ...batches, batch: (index) => (read.push(index), batches.batch(index)) }
  const images = createDeviceImages(recorded, { keptBytes })
  for (const index of [0, 1, 2, 0, 1, 2]) {
    await images.with(index, async (batch) => {
      const expected = batches.batch(index)
      expect(batch.inputs.images!.shape).toEqual([8, 12, 12, 1])
      const filled = new Float32Array(8 * 12 * 12)
      filled.set(pixelsOf(expected))
      expect(await batch.inputs.images!.data()).toEqual(filled)
      expect(batch.targets).toEqual(expected.targets)
    })
  }
  expect(read).toHaveLength(reads)
  images.dispose()
  expect(tensorFlow.liveHandles()).toBe(handles)
})

it('disposes of a batch that does not fit on the device, whichever allocation fails', async () => {
  const handles = tensorFlow.liveHandles()
  const images = createDeviceImages(batches, { keptBytes: 0 })
  await expect(images.with(0, () => Promise.reject(new Error('no device')))).rejects.toThrow('no device')
  expect(tensorFlow.liveHandles()).toBe(handles)
})
