import { createHash } from 'node:crypto'
import type { ImageSet, Normalisation, Selection, SplitLabels } from '../../engine/index.ts'
import { gatherImages } from '../../engine/index.ts'

/** A data set that has been opened: what is in it is known, its images can be read. */
export interface DatasetSource extends Pick<ImageSet, 'height' | 'width' | 'channels'> {
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

interface Known {
  normalisation: Normalisation
  classNames: string[]
}

/** A data set that has been read whole. Its fingerprint is that of all images and labels. */
export function memorySource(
  sets: { train: ImageSet; test: ImageSet },
  { normalisation, classNames }: Known,
): DatasetSource {
  const { height, width, channels } = sets.train
  return {
    ...{ height, width, channels, classNames },
    labels: { train: sets.train.labels, test: sets.test.labels },
    testHeldBack: null,
    normalisation: async () => normalisation,
    fingerprint: async () => fingerprintOf([sets.train, sets.test]),
    images: async (split, positions) => gatherImages(sets[split], positions),
  }
}

function fingerprintOf(sets: readonly ImageSet[]): string {
  const hash = createHash('sha256')
  for (const { count, height, width, channels, classes, labels, images } of sets) {
    hash.update(`images ${count} ${height} ${width} ${channels}\n`)
    hash.update(labelBytes(labels, classes))
    hash.update(images)
  }
  return hash.digest('hex')
}

/** A byte a label where all classes have one, else four, little-endian. */
function labelBytes(labels: Int32Array, classes: number): Uint8Array {
  if (classes <= 256) return Uint8Array.from(labels)
  const bytes = new DataView(new ArrayBuffer(4 * labels.length))
  labels.forEach((label, index) => bytes.setInt32(4 * index, label, true))
  return new Uint8Array(bytes.buffer)
}
