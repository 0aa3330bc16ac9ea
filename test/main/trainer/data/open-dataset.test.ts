import { expect, test } from 'vitest'
import { datasets } from '../../../../src/datasets/index.ts'
import type { ImageDataset, OpenedImages } from '../../../../src/datasets/dataset.ts'
import { openedInMemory } from '../../../../src/datasets/formats/in-memory.ts'
import { openSource } from '../../../../src/main/trainer/data/open-source.ts'
import { openDataset } from '../../../../src/main/trainer/data/open-dataset.ts'
import { dataSpec } from '../../../../src/shared/data/data.ts'

interface Changes {
  labels?: number[]
  mean?: number[]
  std?: number[]
  /** What its entry says of its images. */
  known?: ImageDataset['images']
  /** Keys of what it opens. */
  opened?: Record<string, unknown>
}

/** Eight images of one pixel as an extension may open them. */
function open(name: string, changes: Changes) {
  const { labels = [0, 1, 0, 1, 0, 1, 0, 1], mean = [0], std = [1], known = null, opened: changed = {} } = changes
  const size = { kind: 'images' as const, count: 8, height: 1, width: 1, channels: 1, classes: 2 }
  const set = { ...size, images: new Uint8Array(8), labels: Int32Array.from(labels) }
  const opened = openedInMemory({ train: set, test: set }, { normalisation: { mean, std }, classNames: ['a', 'b'] })
  const entry = { ...(datasets.get('mnist') as ImageDataset), images: known }
  const origin = { extension: 'mine', file: '/m/a.ts', sha256: '' }
  datasets.register(name, { ...entry, open: async () => ({ ...opened, ...changed }) as OpenedImages }, origin)
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

const halves = Float32Array.of(0, 1, 0.5, 1, 0, 1, 0, 1)
const whole = Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1)
const size = { height: 1, width: 1, channels: 1, classes: 2 }

test.each<[string, Changes, string]>([
  [
    'a label between two classes',
    { opened: { labels: { train: whole, test: halves } } },
    'data.path: test sample 2 has the label 0.5; expected a class of 2, a whole number from 0 to 1',
  ],
  [
    'a label that is no number',
    { opened: { labels: { train: [0, NaN], test: whole } } },
    'data.path: train sample 1 has the label NaN; expected a class of 2',
  ],
  [
    'more labels than classes have names',
    { opened: { classNames: ['a'] } },
    'data.path: train sample 1 has the label 1; expected a class of 1, a whole number from 0 to 0',
  ],
  [
    'a split without labels',
    { opened: { labels: { train: whole, test: [] } } },
    'the test labels of the data set are an empty list; expected a class for each sample, of at least one',
  ],
  ['labels of no split', { opened: { labels: undefined } }, 'the train labels of the data set are nothing'],
  [
    'classes without names',
    { opened: { classNames: undefined } },
    'classNames of the data set are nothing; expected a list',
  ],
  [
    'names that are none',
    { opened: { classNames: [1, 2] } },
    'data.source: classNames of the data set are a list; expected a list with the name of each class',
  ],
  ['values of other samples', { opened: { values: { train: new Float32Array(3), test: new Float32Array(8) } } }, 'the train values of the data set are 3; expected one for each of 8 labels'], // prettier-ignore
  ['images of no size', { opened: { height: 0 } }, 'the size of the images of the data set is 0 × 1 × 1; expected whole numbers above 0, and 1 or 3 channels'], // prettier-ignore
  ['two channels', { opened: { channels: 2 } }, 'the size of the images of the data set is 1 × 1 × 2'],
  ['another kind of samples', { opened: { kind: 'text' } }, 'the kind of the data set is "text"; expected images'],
  [
    'images that are not what the entry says',
    { known: { ...size, height: 2 } },
    'the images of the data set are 1 × 1 × 1 with 2 classes; expected 2 × 1 × 1 with 2 classes, as its key images says',
  ],
])('%s is refused with what was expected', async (name, wrong, message) => {
  await expect(open(name, wrong)).rejects.toMatchObject({
    code: 'data',
    message: expect.stringContaining(message.replace(' the data set ', ` the data set ${name} `)) as string,
  })
})

test('images of the size that the entry says are described', async () => {
  await expect(open('as-said', { known: size })).resolves.toBeDefined()
})

test('a data set that opens nothing is refused', async () => {
  datasets.register('nothing', { ...(datasets.get('mnist') as ImageDataset), open: async () => undefined as never })
  await expect(openSource(dataSpec.parse({ source: 'nothing' }), '/none')).rejects.toThrow(
    'data.source: the kind of the data set nothing is nothing; expected images',
  )
})

test.each([
  ['floats', new Float32Array(8), '8 values (Float32Array)'],
  ['too few', new Uint8Array(5), '5 values (Uint8Array)'],
  ['none', undefined, 'nothing'],
])('images that are no bytes of every pixel are refused when they are read: %s', async (name, images, got) => {
  const { load } = await open(`read-${name}`, { opened: { images: async () => images } })
  await expect(load()).rejects.toThrow(
    `data.source: the data set gave ${got} for some train images; expected a Uint8Array of`,
  )
})
