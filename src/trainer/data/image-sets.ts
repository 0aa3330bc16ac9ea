import type { OpenedImages } from '../../datasets/index.ts'
import type { ImageSet, StreamedImages } from '../../engine/index.ts'
import { gatherTargets, targetsOf } from '../../engine/index.ts'

/** Images at positions of the data set's own training or test images, in memory. */
export async function readImages(
  source: OpenedImages,
  split: 'train' | 'test',
  positions: Int32Array,
): Promise<ImageSet> {
  return { kind: 'images', ...labelled(source, split, positions), images: await source.images(split, positions) }
}

/** The same, prepared for each batch. */
export function streamImages(source: OpenedImages, split: 'train' | 'test', positions: Int32Array): StreamedImages {
  return {
    kind: 'streamed-images',
    ...labelled(source, split, positions),
    prepare: ({ positions: wanted, ...request }, spare) =>
      source.prepare!(split, { ...request, positions: wanted.map((position) => positions[position]!) }, spare),
  }
}

function labelled(source: OpenedImages, split: 'train' | 'test', positions: Int32Array) {
  const { height, width, channels, classNames } = source
  return {
    height,
    width,
    channels,
    classes: classNames.length,
    ...gatherTargets(targetsOf(source, split), positions),
    count: positions.length,
  }
}
