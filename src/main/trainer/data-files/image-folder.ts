import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import type { DataSpec } from '../../../shared/data.ts'
import type { LabelledFile, Normalisation, Selection, SplitLabels } from '../../engine/index.ts'
import { measureNormalisation, tinyImageNetNormalisation } from '../../engine/index.ts'
import { decodeImage, sideOf } from './decode.ts'
import { readWhole } from './files.ts'
import type { FolderListing } from './list-folder.ts'
import { listFolder } from './list-folder.ts'
import type { DatasetSource } from './source.ts'

/** Images that mean and standard deviation are measured on, evenly spaced among the training images. */
const measuredImages = 2000

interface Shape {
  height: number
  width: number
}

/** Opens a folder of images, one folder a class; they are decoded when they are asked for. */
export async function openImageFolder({ imageSize }: DataSpec, folder: string): Promise<DatasetSource> {
  const listing = await listFolder(folder)
  const shape = imageSize ? { height: imageSize, width: imageSize } : await sideOf(listing.train[0]!.path)
  const decoding = { shape, resize: imageSize !== null }
  return {
    ...{ ...shape, channels: 3, classNames: listing.classNames },
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
    const hashes: string[] = []
    await forEach(parts[split], async ({ path }, index) => {
      hashes[index] = createHash('sha256')
        .update(await readWhole(path))
        .digest('hex')
    })
    parts[split].forEach(({ label }, index) => hash.update(`${split} ${label} ${hashes[index]}\n`))
  }
  return hash.digest('hex')
}

/** A few at a time. Ends with the first failure. */
async function forEach<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = new PQueue({ concurrency: availableParallelism() })
  try {
    await queue.addAll(items.map((item, index) => () => work(item, index)))
  } finally {
    queue.clear()
  }
}
