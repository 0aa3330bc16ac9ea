import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DataSpec, ImageDescription } from '../../src/shared/data/data.ts'
import type { ImageSet, SampleSet } from '../../src/engine/index.ts'
import { describeDataset, loadDataset } from '../../src/main/trainer/data/open-dataset.ts'

/** An empty folder that is gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'exitlab-data-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A data set of images in memory. */
export async function loadImages(data: DataSpec, dataPath: string) {
  const { train, validation, test, ...loaded } = await loadDataset(data, { dataPath })
  return { ...loaded, train: images(train), validation: images(validation), test: images(test) }
}

function images(set: SampleSet): ImageSet {
  if (set.kind !== 'images') throw new Error('expected images')
  return set
}

export async function describeImages(data: DataSpec, dataPath: string): Promise<ImageDescription> {
  const found = await describeDataset(data, { dataPath })
  if (found.kind !== 'images') throw new Error('expected images')
  return found
}

/** An idx file of unsigned bytes. */
export function idxBytes(shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x0800 + shape.length)
  shape.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis))
  return Buffer.concat([header, Uint8Array.from(values)])
}

/** A byte that depends on the image, the split and the place in the image. */
export function pixel(image: number, at: number): number {
  return (image * 37 + at * 11) % 256
}

export const range = (length: number) => Array.from({ length }, (_, index) => index)
