import { ExitlabError } from '../../shared/basics/error.ts'
import type { ImageSet } from '../../engine/data/image-set.ts'
import type { OpenedImages } from '../dataset.ts'
import { findFile, readPacked, requireFolder } from './files.ts'
import type { IdxDefinition } from './idx-definition.ts'
import { idxFiles, idxNames } from './idx-definition.ts'
import { checkLabels, openedInMemory } from './in-memory.ts'

/** Opens a folder of the four idx files of a data set, compressed or not. */
export async function openIdx(
  { name, classNames, normalisation }: IdxDefinition,
  folder: string,
): Promise<OpenedImages> {
  await requireFolder(folder, `the folder of the four files of ${name}, ${idxFiles.train.images}.gz and so on`)
  const train = await readSplit(folder, 'train', classNames.length)
  const test = await readSplit(folder, 'test', classNames.length)
  return openedInMemory({ train, test }, { normalisation, classNames })
}

async function readSplit(folder: string, split: keyof typeof idxFiles, classes: number): Promise<ImageSet> {
  const imageFile = await findFile(folder, idxNames(idxFiles[split].images))
  const labelFile = await findFile(folder, idxNames(idxFiles[split].labels))
  const images = await readIdx(imageFile, 3)
  const labels = await readIdx(labelFile, 1)
  const [count, height, width] = images.shape as [number, number, number]
  if (labels.shape[0] !== count) {
    throw new ExitlabError(
      'data',
      `data.path: ${imageFile} has ${count} images but ${labelFile} ${labels.shape[0]} labels; ` +
        'put the original files of one data set there',
    )
  }
  const checked = checkLabels(labels.values, { file: labelFile, classes })
  return { kind: 'images', images: images.values, labels: checked, count, height, width, channels: 1, classes }
}

/** Unpacks no more of a file than it says it has. */
async function readIdx(file: string, axes: number): Promise<IdxArray> {
  const sizeOf = (start: Uint8Array) => idxSize(start, axes)
  return parseIdx(await readPacked(file, { headerSize: idxHeaderSize(axes), sizeOf }), { file, axes })
}

/** Numbers of unsigned bytes along each axis, then the bytes, row-major. */
interface IdxArray {
  shape: number[]
  values: Uint8Array
}

/** Bytes that an idx file of so many axes should have, by its first bytes; null where they are not of one. */
function idxSize(start: Uint8Array, axes: number): number | null {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  const headerSize = idxHeaderSize(axes)
  if (start.length < headerSize || view.getUint32(0) !== 0x0800 + axes) return null
  return headerSize + product(Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis)))
}

const idxHeaderSize = (axes: number) => 4 + 4 * axes

const product = (lengths: readonly number[]) => lengths.reduce((size, length) => size * length, 1)

/**
 * Reads an idx file of unsigned bytes: 0, 0, type 8, axis count; each axis as a big-endian 32-bit number; the values.
 * @throws ExitlabError `data` where the bytes are anything else, or too few or too many.
 */
function parseIdx(bytes: Uint8Array, { file, axes }: { file: string; axes: number }): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerSize = idxHeaderSize(axes)
  const magic = bytes.length >= 4 ? view.getUint32(0) : null
  const expected = 0x0800 + axes
  if (magic !== expected || bytes.length < headerSize) {
    const got = magic === null ? `${bytes.length} bytes` : `0x${magic.toString(16).padStart(8, '0')}`
    throw damaged(file, `expected 0x${expected.toString(16).padStart(8, '0')} at its start, got ${got}`)
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis))
  const size = product(shape)
  const values = bytes.subarray(headerSize)
  if (values.length !== size) {
    const found = values.length < size ? `${values.length} of ${size} bytes` : `more than ${size} bytes`
    throw damaged(file, `${shape.join(' × ')} values stated in the header, ${found} found`)
  }
  return { shape, values }
}

function damaged(file: string, what: string): ExitlabError {
  return new ExitlabError(
    'data',
    `data.path: ${file} is not the expected idx file: ${what}. Replace it with the original file.`,
  )
}
