import { expect, test } from 'vitest'
import { datasets } from '../../../src/datasets/index.ts'
import type { ImageDataset } from '../../../src/datasets/dataset.ts'
import { openedInMemory } from '../../../src/datasets/formats/in-memory.ts'
import { openDataset } from '../../../src/trainer/data/open-dataset.ts'
import { dataSpec } from '../../../src/shared/data.ts'

/** Eight images of one pixel as an extension may open them. */
function open(name: string, { labels = [0, 1, 0, 1, 0, 1, 0, 1], mean = [0], std = [1] }) {
  const size = { kind: 'images' as const, count: 8, height: 1, width: 1, channels: 1, classes: 2 }
  const set = { ...size, images: new Uint8Array(8), labels: Int32Array.from(labels) }
  const opened = openedInMemory({ train: set, test: set }, { normalisation: { mean, std }, classNames: ['a', 'b'] })
  datasets.register(name, { ...(datasets.get('mnist') as ImageDataset), open: async () => opened })
  const check = { record: undefined, most: 0, say: () => {} }
  return openDataset(dataSpec.parse({ source: name }), { dataPath: '/none' }, check)
}

test('a data set whose labels and normalisation fit is described', async () => {
  const { description } = await open('sound', {})
  expect(description).toMatchObject({ classes: 2, counts: { test: 8 }, normalisation: { mean: [0], std: [1] } })
})

test.each([
  [
    'a label of no class',
    { labels: [0, 1, 2, 1, 0, 1, 0, 1] },
    'train sample 2 has the label 2; expected a class of 2',
  ],
  ['a label below 0', { labels: [0, 1, 0, 1, 0, 1, 0, -1] }, 'train sample 7 has the label -1'],
  ['a normalisation of other channels', { mean: [0, 0, 0] }, 'expected one for each of 1 channels, deviations above 0'],
  ['a deviation of 0', { std: [0] }, 'the means [0] and deviations [0]'],
])('%s is refused before anything is trained', async (name, wrong, message) => {
  await expect(open(name, wrong)).rejects.toThrow(message)
})
