import type { DrawnImage } from '../../../shared/trainer.ts'
import { augmentImages, selectImages } from '../../engine/index.ts'
import { readImages } from '../load-dataset.ts'
import { encodePng } from '../encode-png.ts'
import type { Job } from './job.ts'

/** Draws images of a split; needs no TensorFlow. */
export const picture: Job<'picture'> = async (job, context) => {
  const { data, split, samples, augmented } = job
  const source = await context.datasets.open(job)
  const positions = selectImages(source.labels, data, source.classNames)[split]
  const indices = Int32Array.from(samples, (sample) => positions[sample]!)
  const set = await readImages(source, split === 'test' ? 'test' : 'train', indices)
  const { images, blends } = augmented ? augmentImages(set, { data, indices }) : { images: set, blends: [] }
  const drawn = samples.map(async (sample, place): Promise<DrawnImage> => ({
    ...{ sample, index: indices[place]!, label: set.labels[place]! },
    mixedWith: blends[place] ?? null,
    png: await encodePng(images, place),
  }))
  return { type: 'pictured', images: await Promise.all(drawn) }
}
