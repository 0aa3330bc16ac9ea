import type { DrawnAugmentation } from './augmentation/index.ts'
import type { ImageSet } from './image-set.ts'
import type { Normalisation } from './normalisation.ts'

/** Labelled images of one split that are read and prepared for each batch, so that they take no memory. */
export interface StreamedImages extends Omit<ImageSet, 'kind' | 'images'> {
  kind: 'streamed-images'
  /** Prepares images, side by side, and writes them over `spare` where that is of their size. @throws ExitlabError `data` naming a file that is damaged. */
  prepare(request: PreparedImages, spare?: Float32Array): Promise<Float32Array>
}

/** Images to be prepared for a batch. */
export interface PreparedImages {
  /** In the split. */
  positions: Int32Array
  /** What becomes of each. */
  drawn: DrawnAugmentation[]
  pad: number
  normalisation: Normalisation
}
