import type { DatasetDescription } from '../../../shared/data.ts'
import { count } from '../../format/numbers.ts'

type Found = Pick<DatasetDescription, 'counts' | 'classes' | 'height' | 'width' | 'channels' | 'fingerprint'>

/** What a check found, in words. Which images are held back for validation follows the defaults. */
export function checkWords({ counts, classes, height, width, channels, fingerprint }: Found) {
  const { train, validation, test } = counts
  return {
    images: `${count(train)} training, ${count(validation)} validation and ${count(test)} test images`,
    shape: `${height} × ${width} × ${channels}, ${count(classes)} classes`,
    fingerprint: fingerprint.slice(0, 12),
  }
}
