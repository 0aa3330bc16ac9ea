import type { ImageSet, Selection, SplitLabels } from '../engine/data/image-set.ts'
import type { Normalisation } from '../engine/data/normalisation.ts'

/** A data set that an experiment can name. Plain data: what reads its files is loaded when it is opened. */
export interface Dataset {
  info: {
    title: string
    /** Where it comes from. */
    paper: string
  }
  /** Shape and number of classes where they are known without the files, so that networks can be drawn before these are there; else null. */
  images: { height: number; width: number; channels: number; classes: number } | null
  /** Its files in the default folder; null where every experiment names the folder. */
  files: DatasetFiles | null
  /** Keys of an experiment's `data` that only some data sets take. */
  options: readonly (keyof DatasetOptions)[]
  /** Default augmentation of its images; null: that of the network's family. */
  augmentation: 'none' | null
  /** Opens the files at `path`. @throws ExitlabError `data` that says which is not as it should be. */
  open(options: DatasetOptions, path: string): Promise<OpenedDataset>
}

/** What an experiment's `data` may say of how it is opened. */
export interface DatasetOptions {
  imageSize: number | null
  testFraction?: number | undefined
}

export interface DatasetFiles {
  /** What to put into the folder, as the object of a sentence. */
  expected: string
  /** Whether they are all there, as far as names tell. has: whether there is such a path in the folder; without one, the folder itself. */
  areIn(folder: string, has: (...path: string[]) => boolean): boolean
  /** Bytes that set-up downloads to bring them; null where it cannot. */
  downloadBytes: number | null
}

/** A data set whose labels and shape are known and whose images can be read. */
export interface OpenedDataset extends Pick<ImageSet, 'height' | 'width' | 'channels'> {
  /** By label. */
  classNames: string[]
  labels: SplitLabels
  /** Share of the images that was made test images; null where the data set has test images of its own. */
  testHeldBack: number | null
  normalisation(selection: Selection): Promise<Normalisation>
  /** SHA-256 of the content that the selected images come from; neither names nor packing of the files matter. */
  fingerprint(selection: Selection): Promise<string>
  /** [positions, height, width, channels] of the data set's training or test images. */
  images(split: keyof SplitLabels, positions: Int32Array): Promise<Uint8Array>
}
