import { ExitlabError } from '../../../shared/basics/error.ts'
import { count } from '../../../shared/format/numbers.ts'
import { describeGot } from '../../../shared/text/value-words.ts'
import type { OpenedImages } from '../../../datasets/index.ts'
import type { ImageSet, StreamedImages } from '../../../engine/index.ts'
import { gatherTargets, targetsOf } from '../../../engine/index.ts'

/** Images at positions of the data set's own training or test images, in memory. */
export async function readImages(
  source: OpenedImages,
  split: 'train' | 'test',
  positions: Int32Array,
): Promise<ImageSet> {
  const images = await source.images(split, positions)
  const size = positions.length * source.height * source.width * source.channels
  if (!(images instanceof Uint8Array && images.length === size)) throw otherImages(images, { split, size })
  return { kind: 'images', ...labelled(source, split, positions), images }
}

function otherImages(images: unknown, { split, size }: { split: string; size: number }): ExitlabError {
  const { constructor, length } = (images ?? {}) as Partial<ArrayLike<unknown>> & { constructor?: { name: string } }
  const got = length === undefined ? describeGot(images) : `${count(length)} values (${constructor?.name})`
  return new ExitlabError(
    'data',
    `data.source: the data set gave ${got} for some ${split} images; expected a Uint8Array of ${count(size)} values from 0 to 255: ` +
      'number of images × height × width × channels',
  )
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
