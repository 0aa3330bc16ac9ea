import { sampleTotal, type DataSpec, type ImageDescription } from '../../shared/data/data.ts'
import { cropsOriginals } from './augmentation/index.ts'

/** Bytes of images up to which they are kept in memory at their size, where their augmentation needs nothing else. */
const mostKept = 2 * 2 ** 30

type Sized = Pick<ImageDescription, 'counts' | 'height' | 'width' | 'channels' | 'canStream'>

/** Bytes of all images at their size, a byte a value. */
export function imageSetBytes({ counts, height, width, channels }: Omit<Sized, 'canStream'>): number {
  return sampleTotal(counts) * height * width * channels
}

/** Whether images are read and prepared for each batch. The batches are bit-identical, except for crops of the original images. */
export function isStreamed(images: Sized, { augmentation }: Pick<DataSpec, 'augmentation'>): boolean {
  return images.canStream === true && (cropsOriginals(augmentation) || imageSetBytes(images) > mostKept)
}
