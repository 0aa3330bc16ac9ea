import { ExitlabError } from '../../shared/basics/error.ts'
import type { ImageSet } from '../../engine/data/image-set.ts'
import { NumpyArray } from '../../files/pickle/numpy.ts'
import { parsePickle, type PickleValue } from '../../files/pickle/pickle.ts'
import type { CifarDefinition, CifarForm } from './cifar-definition.ts'
import { checkLabels } from './in-memory.ts'
import { numpyPickle } from './numpy-pickle.ts'

const side = 32
const plane = side * side
const imageSize = 3 * plane

/** A file of a CIFAR data set. */
interface CifarFile {
  name: string
  bytes: Uint8Array
}

/** The images of the files of one split, one after the other. @throws ExitlabError `data` naming the file that is not as it should be. */
export function readCifar(dataset: CifarDefinition, form: CifarForm, files: readonly CifarFile[]): ImageSet {
  const { classes } = dataset
  const read = form === 'binary' ? readBinary : readPickled
  const parts = files.map((file) => read(file, dataset))
  const count = parts.reduce((sum, { labels }) => sum + labels.length, 0)
  const images = new Uint8Array(count * imageSize)
  const labels = new Int32Array(count)
  let first = 0
  for (const part of parts) {
    interleave(part, images.subarray(first * imageSize))
    labels.set(part.labels, first)
    first += part.labels.length
  }
  return { kind: 'images', images, labels, count, height: side, width: side, channels: 3, classes }
}

/** Names of the classes, of the file of names that comes with a data set. @throws ExitlabError `data` where it has not one for each class. */
export function cifarNames(dataset: CifarDefinition, form: CifarForm, { name, bytes }: CifarFile): string[] {
  const { classes, namesKey } = dataset
  const names = form === 'binary' ? linesOf(bytes) : pickledNames(parsePickle(bytes, numpyPickle(name)), namesKey)
  if (names?.length === classes) return names
  throw damaged(name, `expected ${classes} class names, got ${names?.length ?? 'none'}`)
}

const linesOf = (bytes: Uint8Array) =>
  new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line !== '')

function pickledNames(content: PickleValue, key: string): string[] | null {
  const names = content instanceof Map ? content.get(key) : null
  if (!Array.isArray(names) || !names.every((name) => name instanceof Uint8Array)) return null
  return names.map((name) => new TextDecoder().decode(name))
}

/** Images of a file, each a red, a green and a blue plane. */
interface CifarPart {
  labels: Int32Array
  bytes: Uint8Array
  /** From one image's pixels to the next one's, and to the first one's. */
  stride: number
  start: number
}

function readBinary({ name, bytes }: CifarFile, dataset: CifarDefinition): CifarPart {
  const { classes, labelBytes } = dataset
  const stride = labelBytes + imageSize
  const count = bytes.length / stride
  if (!Number.isInteger(count) || count === 0) {
    throw damaged(
      name,
      `expected a multiple of ${stride} bytes (one image of ${dataset.name}), got ${bytes.length} bytes`,
    )
  }
  const labels = Array.from({ length: count }, (_, image) => bytes[image * stride + labelBytes - 1]!)
  return { labels: checkLabels(labels, { file: name, classes }), bytes, stride, start: labelBytes }
}

function readPickled({ name, bytes }: CifarFile, dataset: CifarDefinition): CifarPart {
  const { classes, labelKey } = dataset
  const content = parsePickle(bytes, numpyPickle(name))
  const entry = (key: string): PickleValue | undefined => (content instanceof Map ? content.get(key) : undefined)
  const [data, labels] = [entry('data'), entry(labelKey)]
  if (!isImages(data)) throw damaged(name, `it has no “data” of unsigned bytes [images, ${imageSize}]`)
  if (!isNumbers(labels)) {
    throw damaged(name, `it has no list “${labelKey}”: these are not the files of ${dataset.name}`)
  }
  if (labels.length !== data.shape[0]) {
    throw damaged(name, `it has ${data.shape[0]} images but ${labels.length} labels`)
  }
  return { labels: checkLabels(labels, { file: name, classes }), bytes: data.bytes, stride: imageSize, start: 0 }
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'number')

const isImages = (value: PickleValue | undefined): value is NumpyArray =>
  value instanceof NumpyArray && value.type.code === 'u1' && value.shape.length === 2 && value.shape[1] === imageSize

/** Puts the three values of each pixel side by side. */
function interleave({ labels, bytes, stride, start }: CifarPart, images: Uint8Array): void {
  let to = 0
  for (let image = 0; image < labels.length; image++) {
    const first = start + image * stride
    for (let at = first; at < first + plane; at++) {
      images[to++] = bytes[at]!
      images[to++] = bytes[at + plane]!
      images[to++] = bytes[at + 2 * plane]!
    }
  }
}

function damaged(name: string, what: string): ExitlabError {
  return new ExitlabError('data', `data.path: ${name}: ${what}. Replace it with the original file.`)
}
