import type { DrawnSample } from '../../../shared/phases/trainer-events.ts'
import type { OpenedImages, OpenedText } from '../../../datasets/index.ts'
import { augmentImages, cropsOriginals } from '../../../engine/index.ts'
import { readImages, streamImages } from '../data/image-sets.ts'
import { encodePng } from '../encode-png.ts'
import type { Job, JobOf } from './job.ts'

/** Shows samples of a split to people; needs no TensorFlow. */
export const picture: Job<'picture'> = async (job, context) => {
  const { source, selection } = await context.datasets.open(job)
  const positions = selection[job.split]
  const indices = Int32Array.from(job.samples, (sample) => positions[sample]!)
  const samples = source.kind === 'images' ? await drawn(job, source, indices) : await quoted(job, source, indices)
  return { type: 'pictured', samples }
}

const partOf = ({ split }: JobOf<'picture'>) => (split === 'test' ? 'test' : 'train')

async function drawn(job: JobOf<'picture'>, source: OpenedImages, indices: Int32Array): Promise<DrawnSample[]> {
  const { data, samples, augmented } = job
  const ofOriginals = augmented && source.prepare !== undefined && cropsOriginals(data.augmentation)
  const set = await (ofOriginals ? streamImages : readImages)(source, partOf(job), indices)
  const shown = augmented ? data : { ...data, pad: 0, augmentation: 'none' as const, mixing: null }
  const { images, blends } = await augmentImages(set, { data: shown, indices })
  const pictures = samples.map(async (sample, position) => ({
    sample,
    index: indices[position]!,
    label: set.labels[position]!,
    ...(set.values && { value: set.values[position]! }),
    mixedWith: blends[position] ?? null,
    png: await encodePng(images, position),
  }))
  return Promise.all(pictures)
}

async function quoted(job: JobOf<'picture'>, source: OpenedText, indices: Int32Array): Promise<DrawnSample[]> {
  const { labels, values } = source
  const part = partOf(job)
  const { first, second } = await source.texts(part, indices)
  return job.samples.map((sample, position) => ({
    sample,
    index: indices[position]!,
    label: labels[part][indices[position]!]!,
    ...(values && { value: values[part][indices[position]!]! }),
    mixedWith: null,
    texts: { first: beginning(first[position]!), second: second && beginning(second[position]!) },
  }))
}

/** Characters that are shown of a text. */
const shownCharacters = 2000

/** Not within a pair of surrogates. */
function beginning(text: string): string {
  if (text.length <= shownCharacters) return text
  return `${text.slice(0, shownCharacters).replace(/[\ud800-\udbff]$/, '')}…`
}
