import type { DatasetDescription } from '../../../shared/data.ts'
import { ExitlabError } from '../../../shared/error.ts'

type Images = Pick<DatasetDescription, 'counts' | 'height' | 'width' | 'channels'>

const gibibyte = 2 ** 30

/** Images stay in memory, a byte a value. @throws ExitlabError `data` where there is too little of it. */
export function checkFits({ counts, height, width, channels }: Images, availableBytes: number): void {
  const bytes = (counts.train + counts.validation + counts.test) * height * width * channels
  if (bytes <= availableBytes) return
  throw new ExitlabError(
    'data',
    `the images do not fit into memory: they need ${inGibibytes(bytes)} GiB, ${inGibibytes(availableBytes)} GiB are free; ` +
      'set data.limit to use fewer, or data.imageSize to make them smaller',
  )
}

const inGibibytes = (bytes: number) => (bytes / gibibyte).toFixed(1)
