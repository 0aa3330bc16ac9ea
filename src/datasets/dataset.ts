import type { Augmentation } from '../shared/data/augmentations.ts'
import type { OfTask } from '../shared/methods/task.ts'
import type { TextColumns } from '../shared/data/text-columns.ts'
import type { ImageSet } from '../engine/data/image-set.ts'
import type { PreparedImages } from '../engine/data/streamed-images.ts'
import type { Files } from './formats/folder-files.ts'
import type { Normalisation } from '../engine/data/normalisation.ts'
import type { Selection } from '../engine/data/sample-set.ts'
import type { SplitLabels, SplitTargets, SplitValues } from '../engine/data/targets.ts'

/** A data set that an experiment can name. Plain data: the code that reads its files is loaded when it is opened. */
export type Dataset = ImageDataset | TextDataset

interface DatasetEntry {
  info: {
    title: string
    /** Origin of the data set. */
    paper: string
  }
  /** Its files in the default folder; null where every experiment names the folder. */
  files: DatasetFiles | null
  /** Keys of an experiment's `data` that only some data sets take. */
  options: readonly (keyof DatasetOptions)[]
}

export interface ImageDataset extends DatasetEntry {
  kind: 'images'
  /** Shape and number of classes if they are known without the files, so that networks can be drawn before these exist; else null. */
  images: ({ height: number; width: number; channels: number; classes: number } & OfTask) | null
  /** Default augmentation of its images, from that of the network's family; null: the same. */
  augmentation: ((ofFamily: Augmentation) => Augmentation) | null
  /** Opens the files at `path`. @throws ExitlabError `data` that says which is not as it should be. */
  open(options: DatasetOptions, path: string): Promise<OpenedImages>
}

export interface TextDataset extends DatasetEntry {
  kind: 'text'
  /** Tokens of the longest text unless the experiment says otherwise: what the paper takes, where it has the data set. */
  maxLength: number
  /** Whether a value is predicted instead of a class; `by-columns`: where the experiment names the column of the values. */
  values: 'always' | 'by-columns' | 'never'
  /** Opens the files at `path`. @throws ExitlabError `data` that says which is not as it should be. */
  open(options: DatasetOptions, path: string): Promise<OpenedText>
}

/** Settings of an experiment's `data` that affect how it is opened. */
export interface DatasetOptions {
  imageSize: number | null
  testFraction?: number | undefined
  columns?: TextColumns | undefined
  damagedImages?: 'refuse' | 'leave-out' | undefined
}

interface DatasetFiles {
  /** Files to put into the folder, as the object of a sentence. */
  expected: string
  /** Whether all files exist, judged by names. `has`: whether a path exists in the folder; without a path, the folder itself. */
  areIn(folder: string, has: (...path: string[]) => boolean): boolean
  /** Bytes that set-up downloads to bring them; null where it cannot. */
  downloadBytes: number | null
}

/** A data set whose labels and shape are known and whose samples can be read. */
export type OpenedDataset = OpenedImages | OpenedText

/** With values there is one class, which has no name. */
interface Opened extends SplitTargets {
  /** By label. */
  classNames: string[]
  /** Share of the samples that was made test samples; null where the data set has test samples of its own. */
  testHeldBack: number | null
  /** SHA-256 of the content that the selected samples come from; neither names nor packing of the files matter. */
  fingerprint(selection: Selection): Promise<string>
}

export interface OpenedImages extends Opened, Pick<ImageSet, 'height' | 'width' | 'channels'> {
  kind: 'images'
  normalisation(selection: Selection): Promise<Normalisation>
  /** [positions, height, width, channels] of the data set's training or test images. */
  images(split: keyof SplitLabels, positions: Int32Array): Promise<Uint8Array>
  /** Files of the images of each split; left out where images have none of their own. */
  files?: Record<keyof SplitLabels, Files>
  /** Folders and files that a description follows from, as far as sizes and dates tell; left out where only all bytes do. */
  readFrom?: readonly string[]
  /** Prepares images for a batch; left out where all are in memory as they are. */
  prepare?(split: keyof SplitLabels, request: PreparedImages, spare?: Float32Array): Promise<Float32Array>
}

export interface OpenedText extends Opened {
  kind: 'text'
  values: SplitValues | null
  /** Whether a sample is two texts. */
  isPaired: boolean
  texts(split: keyof SplitLabels, positions: Int32Array): Promise<Texts>
}

/** Texts in their order; `second` where they are pairs. */
export interface Texts {
  first: string[]
  second: string[] | null
}
