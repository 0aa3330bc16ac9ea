import { expect, test, vi } from 'vitest'
import { createSamplePictures, type PictureRequest } from '../../../../src/main/host/data/sample-pictures.ts'
import type { DatasetDescription } from '../../../../src/shared/data/data.ts'

const request = {
  data: {},
  location: { dataPath: '/data' },
  dataset: 'former',
  split: 'test',
  samples: [0],
  augmented: false,
} as unknown as PictureRequest

/** Pictures of a data set of this kind, whose fingerprint is `now`. */
function picturesOf(kind: 'images' | 'text') {
  const described = { kind, fingerprint: 'now', classNames: ['cat'], counts: { test: 1 } } as unknown as DatasetDescription // prettier-ignore
  const picture = vi.fn(async () => [{ sample: 0, index: 0, label: 0, mixedWith: null }])
  return { picture, ...createSamplePictures({ picture }, { describe: async () => described }) }
}

test.each([
  ['images', /^The images in \/data have changed .* was former, it is now\./],
  ['text', /^The texts, or the tokenizer, in \/data have changed .* was former, it is now\./],
] as const)(
  'samples of %s that are others than those of the run are refused by what they are',
  async (kind, message) => {
    const { draw, picture } = picturesOf(kind)
    await expect(draw(request)).rejects.toThrow(message)
    expect(picture).not.toHaveBeenCalled()
    await expect(draw({ ...request, dataset: null })).resolves.toMatchObject({ classes: ['cat'] })
  },
)
