import { ExitlabError } from '../../../shared/error.ts'

/** The files of a data set in idx form (MNIST, Fashion-MNIST), as distributed. */
export const idxFiles = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
} as const

/** As the data sets are known; their files hold numbers alone. */
export const idxClassNames = {
  mnist: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  'fashion-mnist': [
    ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'],
    ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  ],
}

/** Names under which a file is found: with a dash or a dot before `idx`, compressed or not. */
export function idxNames(name: string): string[] {
  return [name, name.replace('-idx', '.idx')].flatMap((each) => [`${each}.gz`, each])
}

/** Numbers of unsigned bytes along each axis, then the bytes, row-major. */
export interface IdxArray {
  shape: number[]
  values: Uint8Array
}

/** Bytes that an idx file of so many axes should have, by its first bytes; null where they are not of one. */
export function idxSize(start: Uint8Array, axes: number): number | null {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  const headerSize = idxHeaderSize(axes)
  if (start.length < headerSize || view.getUint32(0) !== 0x0800 + axes) return null
  return headerSize + product(Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis)))
}

export const idxHeaderSize = (axes: number) => 4 + 4 * axes

const product = (lengths: readonly number[]) => lengths.reduce((size, length) => size * length, 1)

/**
 * Reads an idx file of unsigned bytes: 0, 0, type 8, axis count; each axis as a big-endian 32-bit number; the values.
 * @throws ExitlabError `data` where the bytes are anything else, or too few or too many.
 */
export function parseIdx(bytes: Uint8Array, { file, axes }: { file: string; axes: number }): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerSize = idxHeaderSize(axes)
  const magic = bytes.length >= 4 ? view.getUint32(0) : null
  const expected = 0x0800 + axes
  if (magic !== expected || bytes.length < headerSize) {
    const got = magic === null ? `${bytes.length} bytes` : `0x${magic.toString(16).padStart(8, '0')}`
    throw damaged(file, `it should begin with 0x${expected.toString(16).padStart(8, '0')}, it begins with ${got}`)
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis))
  const size = product(shape)
  const values = bytes.subarray(headerSize)
  if (values.length !== size) {
    const there = values.length < size ? `${values.length} of ${size} bytes` : `more than ${size} bytes`
    throw damaged(file, `${shape.join(' × ')} values were announced, ${there} are there`)
  }
  return { shape, values }
}

function damaged(file: string, what: string): ExitlabError {
  return new ExitlabError(
    'data',
    `data.path: ${file} is not the idx file that it should be: ${what}. Put the original file in its place.`,
  )
}
