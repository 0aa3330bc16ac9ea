import { ExitlabError } from '../../../shared/error.ts'
import type { IdxArray, ImageSet } from '../../engine/index.ts'
import {
  checkLabels,
  idxClassNames,
  idxFiles,
  idxHeaderSize,
  idxNames,
  idxSize,
  normalisations,
  parseIdx,
} from '../../engine/index.ts'
import { findFile, readPacked, requireFolder } from './files.ts'
import type { DatasetSource } from './source.ts'
import { memorySource } from './source.ts'

/** MNIST and Fashion-MNIST have ten classes each. */
const classes = 10

/** Opens a folder of the four idx files of MNIST or Fashion-MNIST, compressed or not. */
export async function openIdx(source: 'mnist' | 'fashion-mnist', folder: string): Promise<DatasetSource> {
  await requireFolder(folder, `the folder of the four files of ${source}, ${idxFiles.train.images}.gz and so on`)
  const train = await readSplit(folder, 'train')
  const test = await readSplit(folder, 'test')
  return memorySource({ train, test }, { normalisation: normalisations[source], classNames: idxClassNames[source] })
}

async function readSplit(folder: string, split: keyof typeof idxFiles): Promise<ImageSet> {
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
  return { images: images.values, labels: checked, count, height, width, channels: 1, classes }
}

/** Unpacks no more of a file than it says it has. */
async function readIdx(file: string, axes: number): Promise<IdxArray> {
  const sizeOf = (start: Uint8Array) => idxSize(start, axes)
  return parseIdx(await readPacked(file, { headerSize: idxHeaderSize(axes), sizeOf }), { file, axes })
}
