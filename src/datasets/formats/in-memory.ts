import { createHash } from 'node:crypto'
import type { ImageDescription } from '../../shared/data/data.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { bytes, count } from '../../shared/format/numbers.ts'
import type { ImageSet } from '../../engine/data/image-set.ts'
import { gatherImages } from '../../engine/data/image-set.ts'
import { imageSetBytes } from '../../engine/data/streaming.ts'
import type { SplitValues } from '../../engine/data/targets.ts'
import type { Normalisation } from '../../engine/data/normalisation.ts'
import type { OpenedImages } from '../dataset.ts'

interface Known {
  normalisation: Normalisation
  classNames: string[]
}

/** A data set that has been read whole. Its fingerprint is that of all images, and of their labels or values. @throws ExitlabError `data` where its parts do not fit together. */
export function openedInMemory(
  sets: { train: ImageSet; test: ImageSet },
  { normalisation, classNames }: Known,
): OpenedImages {
  const { height, width, channels } = sets.train
  refuseFaults(sets, classNames)
  return {
    kind: 'images',
    ...{ height, width, channels, classNames },
    labels: { train: sets.train.labels, test: sets.test.labels },
    values: valuesOf(sets),
    testHeldBack: null,
    normalisation: async () => normalisation,
    fingerprint: async () => fingerprintOf([sets.train, sets.test]),
    images: async (split, positions) => gatherImages(sets[split], positions),
  }
}

/** Images of another size would be read in wrong pieces, and a set that is not what it says of itself is none that was meant. */
function refuseFaults(sets: { train: ImageSet; test: ImageSet }, classNames: readonly string[]): void {
  const refuse = (what: string) => {
    throw new ExitlabError('data', `data.path: ${what}`)
  }
  const { height, width, channels } = sets.train
  for (const [split, { images, labels, count: said, classes }] of Object.entries(sets)) {
    if (!(images instanceof Uint8Array))
      refuse(`the ${split} images are ${kindOf(images)}; expected a Uint8Array: whole numbers from 0 to 255`)
    const { length } = labels
    if (said !== length)
      refuse(
        `the count of the ${split} images is ${String(said)}; expected ${count(length)}, the number of their labels`,
      )
    if (classes !== classNames.length)
      refuse(
        `the ${split} images have ${String(classes)} classes; expected ${count(classNames.length)}, the number of classNames`,
      )
    const size = length * height * width * channels
    if (images.length !== size)
      refuse(
        `the ${split} images have ${count(images.length)} values; expected ${count(size)}, as ${count(length)} images of ` +
          `${height} × ${width} × ${channels} have: training and test images are of one size`,
      )
  }
}

const kindOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? `of ${value.constructor.name}` : `${typeof value}`

function valuesOf({ train, test }: { train: ImageSet; test: ImageSet }): SplitValues | null {
  return train.values && test.values ? { train: train.values, test: test.values } : null
}

function fingerprintOf(sets: readonly ImageSet[]): string {
  const hash = createHash('sha256')
  for (const { count, height, width, channels, classes, labels, values, images } of sets) {
    hash.update(`images ${count} ${height} ${width} ${channels}\n`)
    hash.update(values ? new Uint8Array(values.buffer) : labelBytes(labels, classes))
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

/** Labels as numbers of classes. @throws ExitlabError `data` where one is out of range. */
export function checkLabels(
  labels: ArrayLike<number>,
  { file, classes }: { file: string; classes: number },
): Int32Array {
  const checked = Int32Array.from(labels)
  const wrong = checked.findIndex((label) => label < 0 || label >= classes)
  if (wrong >= 0) {
    throw new ExitlabError(
      'data',
      `data.path: ${file}: image ${wrong} has the label ${checked[wrong]}; expected 0 to ${classes - 1}. ` +
        'Check that data.source matches the data set in data.path.',
    )
  }
  return checked
}

type Images = Pick<ImageDescription, 'counts' | 'height' | 'width' | 'channels'>

/** Images stay in memory, a byte a value. @throws ExitlabError `data` where there is too little of it. */
export function checkFits(images: Images, availableBytes: number): void {
  const needed = imageSetBytes(images)
  if (needed <= availableBytes) return
  throw new ExitlabError(
    'data',
    `the images do not fit into memory: they need ${bytes(needed)}, ${bytes(availableBytes)} are free; ` +
      'set data.limit to use fewer, or data.imageSize to make them smaller',
  )
}
