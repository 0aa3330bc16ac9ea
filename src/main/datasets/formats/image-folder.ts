import { createHash } from 'node:crypto'
import type { Normalisation } from '../../engine/data/normalisation.ts'
import { measureNormalisation } from '../../engine/data/normalisation.ts'
import type { Selection, SplitLabels } from '../../engine/data/sample-set.ts'
import type { DatasetOptions, OpenedImages } from '../dataset.ts'
import { decodeImage, sideOf } from './decode.ts'
import { forEach } from './files.ts'
import { hashFiles, listFolder } from './list-folder.ts'
import { checkFits } from './in-memory.ts'
import type { FolderListing } from './list-folder.ts'
import type { LabelledFile } from './walk-folder.ts'

const tinyImageNetNormalisation: Normalisation = {
  mean: [0.4802, 0.4481, 0.3975],
  std: [0.2302, 0.2265, 0.2262],
}

/** Images that mean and standard deviation are measured on, evenly spaced among the training images. */
const measuredImages = 2000

interface Shape {
  height: number
  width: number
}

/** Opens a folder of images, one folder for each class; images are decoded on request. */
export async function openImageFolder(
  { imageSize, testFraction }: DatasetOptions,
  folder: string,
): Promise<OpenedImages> {
  const listing = await listFolder(folder, testFraction)
  const shape = imageSize ? { height: imageSize, width: imageSize } : await sideOf(listing.train[0]!.path)
  const decoding = { shape, resize: imageSize !== null }
  return {
    kind: 'images',
    ...{ ...shape, channels: 3, classNames: listing.classNames, testHeldBack: listing.testHeldBack },
    labels: { train: labelsOf(listing.train), test: labelsOf(listing.test) },
    normalisation: (selection) => normalisationOf(listing, selection, decoding),
    fingerprint: (selection) => fingerprintOf(listing, selection),
    images: (split, positions) => decodeAll(pick(listing[split], positions), decoding),
  }
}

const labelsOf = (files: readonly LabelledFile[]) => Int32Array.from(files, ({ label }) => label)

const pick = (files: readonly LabelledFile[], positions: Int32Array) =>
  Array.from(positions, (position) => files[position]!)

interface Decoding {
  shape: Shape
  /** Whether images of another size are scaled and cropped rather than refused. */
  resize: boolean
}

async function normalisationOf(
  listing: FolderListing,
  selection: Selection,
  decoding: Decoding,
): Promise<Normalisation> {
  if (listing.layout === 'tiny-imagenet') return tinyImageNetNormalisation
  const count = Math.min(measuredImages, selection.train.length)
  const spaced = Int32Array.from(
    { length: count },
    (_, index) => selection.train[Math.floor((index * selection.train.length) / count)]!,
  )
  checkFits(
    { ...decoding.shape, counts: { train: count, validation: 0, test: 0 }, channels: 3 },
    process.availableMemory(),
  )
  return measureNormalisation({ images: await decodeAll(pick(listing.train, spaced), decoding), channels: 3 })
}

async function decodeAll(files: readonly LabelledFile[], { shape, resize }: Decoding): Promise<Uint8Array> {
  const size = shape.height * shape.width * 3
  const images = new Uint8Array(files.length * size)
  await forEach(files, async ({ path }, index) => {
    images.set(await decodeImage(path, { ...shape, resize }), index * size)
  })
  return images
}

/** Over the bytes of the selected files and their labels, in order. */
async function fingerprintOf(listing: FolderListing, { train, validation, test }: Selection): Promise<string> {
  const training = [...train, ...validation].sort((a, b) => a - b)
  const parts = { train: pick(listing.train, Int32Array.from(training)), test: pick(listing.test, test) }
  const hash = createHash('sha256')
  for (const split of ['train', 'test'] satisfies (keyof SplitLabels)[]) {
    for (const { label, sha256 } of await hashFiles(parts[split])) hash.update(`${split} ${label} ${sha256}\n`)
  }
  return hash.digest('hex')
}
