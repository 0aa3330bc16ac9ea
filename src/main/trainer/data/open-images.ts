import type {
  DataSpec,
  DescribedSamples,
  ImageDescription,
  LeftOutImages,
  OfSplits,
} from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { checkFits } from '../../../datasets/formats/in-memory.ts'
import type { OpenedImages } from '../../../datasets/index.ts'
import { isStreamed, type SampleSet, type Selection } from '../../../engine/index.ts'
import { readImages, streamImages } from './image-sets.ts'

interface Opening {
  selection: Selection
  samples: DescribedSamples
  data: DataSpec
  leftOut: LeftOutImages | null
}

interface Described {
  description: ImageDescription
  /** Folders and files that the description follows from; null where only all bytes do. */
  readFrom: readonly string[] | null
  load(): Promise<OfSplits<SampleSet>>
}

/** Describes the selected images, which are read into memory, or streamed where they would not fit. */
export async function openImages(source: OpenedImages, opening: Opening): Promise<Described> {
  const { selection, data } = opening
  const description = await describedImages(source, opening)
  return {
    description,
    readFrom: source.readFrom ?? null,
    load: async () => {
      const streams = isStreamed(description, data)
      if (!streams) checkFits(description, process.availableMemory())
      const load = streams ? streamImages : readImages
      return {
        train: await load(source, 'train', selection.train),
        validation: await load(source, 'train', selection.validation),
        ...(selection.calibration && { calibration: await load(source, 'train', selection.calibration) }),
        test: await load(source, 'test', selection.test),
      }
    },
  }
}

async function describedImages(
  source: OpenedImages,
  { selection, samples, leftOut }: Opening,
): Promise<ImageDescription> {
  const { height, width, channels } = source
  const normalisation = await source.normalisation(selection)
  checkNormalisation(normalisation, channels)
  return {
    kind: 'images',
    height,
    width,
    channels,
    ...(source.prepare && { canStream: true }),
    normalisation,
    ...samples,
    ...(leftOut && { leftOut }),
  }
}

/** Else pixels would be no numbers. */
function checkNormalisation({ mean, std }: ImageDescription['normalisation'], channels: number): void {
  const isSound = mean.length === channels && std.length === channels && std.every((each) => each > 0)
  if (isSound && [...mean, ...std].every(Number.isFinite)) return
  throw new ExitlabError(
    'data',
    `data.source: the data set normalises its images by the means [${mean.join(', ')}] and deviations [${std.join(', ')}]; ` +
      `expected one for each of ${channels} channels, deviations above 0`,
  )
}
