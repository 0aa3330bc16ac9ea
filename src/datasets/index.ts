import { createRegistry } from '../shared/methods/registry.ts'
import { cifar10 } from './cifar10.ts'
import { cifar100 } from './cifar100.ts'
import type { Dataset } from './dataset.ts'
import { fashionMnist } from './fashion-mnist.ts'
import { fortunes } from './fortunes.ts'
import { imageFolder } from './image-folder.ts'
import { imageNet } from './imagenet.ts'
import { imagenette } from './imagenette.ts'
import { mnist } from './mnist.ts'
import { newsgroups } from './newsgroups.ts'
import { stsb } from './sts-b.ts'
import { textFolder } from './text-folder.ts'
import { textTable } from './text-table.ts'
import { tinyImageNet } from './tiny-imagenet.ts'

export type { Dataset, OpenedDataset, OpenedImages, OpenedText } from './dataset.ts'

/** Data sets that experiments can name. */
export const datasets = createRegistry<Dataset>('dataset', {
  'fashion-mnist': fashionMnist,
  mnist,
  cifar10,
  cifar100,
  'tiny-imagenet': tinyImageNet,
  imagenette,
  imagenet: imageNet,
  'image-folder': imageFolder,
  newsgroups,
  'sts-b': stsb,
  fortunes,
  'text-table': textTable,
  'text-folder': textFolder,
})
