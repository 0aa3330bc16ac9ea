import type { Normalisation } from '../../engine/data/normalisation.ts'
import type { ImageDataset } from '../dataset.ts'

/** Images of ImageNet: a folder for each class, named after its WordNet id (`n01440764`), under train and val. */
export interface WordNetDefinition extends Pick<ImageDataset, 'info' | 'augmentation'> {
  classes: number
  /** Side of its images in pixels: as distributed if all have one size, else the default to which they are brought. */
  side: number
  hasOneSize: boolean
  normalisation: Normalisation
  /** Where train and val may be, relative to `data.path`. */
  folders: readonly string[]
  /** What is distributed, as the object of a sentence. */
  expected: string
  /** Class names by WordNet id, where no file of words is found. */
  names: Readonly<Record<string, string>>
}
