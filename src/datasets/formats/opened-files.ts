import { createHash } from 'node:crypto'
import type { Normalisation } from '../../engine/data/normalisation.ts'
import { measureNormalisation } from '../../engine/data/normalisation.ts'
import type { Selection } from '../../engine/data/sample-set.ts'
import { usedTraining } from '../../engine/data/split.ts'
import type { SplitLabels } from '../../engine/data/targets.ts'
import type { OpenedImages } from '../dataset.ts'
import { sampled } from './file-digests.ts'
import { type Files, filesAt, type LabelledFile } from './folder-files.ts'
import { imageBytes, imageFrames } from './image-workers.ts'
import { checkFits } from './in-memory.ts'
import type { Sizing } from './prepare-images.ts'

/** The image files of a data set. */
export interface FileListing {
  /** By label. */
  classNames: string[]
  train: Files
  test: Files
  /** Share of the images that was made test images, for the folder has none; null where it has. */
  testHeldBack: number | null
}

interface OpeningOptions extends Sizing {
  /** null: measured on training images. */
  normalisation: Normalisation | null
  /** Digest of each file for the fingerprint. */
  digestsOf(files: Files): Promise<Iterable<string>>
  /** Folders and files that the listing follows from, where the fingerprint does not cover all bytes. */
  readFrom?: readonly string[]
}

/** A data set of image files, which are decoded on request. */
export function openedFiles(
  listing: FileListing,
  { normalisation, digestsOf, readFrom, ...sizing }: OpeningOptions,
): OpenedImages {
  return {
    kind: 'images',
    ...{ ...sizing.shape, classNames: listing.classNames, testHeldBack: listing.testHeldBack },
    files: { train: listing.train, test: listing.test },
    labels: { train: labelsOf(listing.train), test: labelsOf(listing.test) },
    normalisation: async (selection) => normalisation ?? (await measured(listing, selection, sizing)),
    fingerprint: (selection) => fingerprintOf(listing, selection, digestsOf),
    ...(readFrom && { readFrom: [...readFrom, ...[listing.train, listing.test].flatMap(sampledPaths)] }),
    images: (split, positions) => imageBytes(pick(listing[split], positions), sizing),
    prepare: (split, { positions, ...framing }, spare) =>
      imageFrames(pick(listing[split], positions), sizing, { framing, spare }),
  }
}

const sampledPaths = (files: Files) => sampled(files).map(([, { path }]) => path)

const labelsOf = (files: Files) => Int32Array.from({ length: files.length }, (_, index) => files.at(index)!.label)

const pick = (files: Files, positions: Int32Array): LabelledFile[] =>
  Array.from(positions, (position) => files.at(position)!)

/** Images that mean and standard deviation are measured on, evenly spaced among the training images. */
const measuredImages = 2000

async function measured(listing: FileListing, selection: Selection, sizing: Sizing): Promise<Normalisation> {
  const count = Math.min(measuredImages, selection.train.length)
  const spaced = Int32Array.from(
    { length: count },
    (_, index) => selection.train[Math.floor((index * selection.train.length) / count)]!,
  )
  checkFits({ ...sizing.shape, counts: { train: count, validation: 0, test: 0 } }, process.availableMemory())
  return measureNormalisation({ images: await imageBytes(pick(listing.train, spaced), sizing), channels: 3 })
}

/** SHA-256 over the digests and labels of the selected files, in order. */
async function fingerprintOf(
  listing: FileListing,
  selection: Selection,
  digestsOf: OpeningOptions['digestsOf'],
): Promise<string> {
  const parts = { train: filesAt(listing.train, usedTraining(selection)), test: filesAt(listing.test, selection.test) }
  const hash = createHash('sha256')
  for (const split of ['train', 'test'] satisfies (keyof SplitLabels)[]) {
    const files = parts[split]
    let index = 0
    for (const digest of await digestsOf(files)) hash.update(`${split} ${files.at(index++)!.label} ${digest}\n`)
  }
  return hash.digest('hex')
}
