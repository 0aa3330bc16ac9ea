import { createRegistry } from '../../shared/registry.ts'
import { cifar10 } from './cifar10.ts'
import { cifar100 } from './cifar100.ts'
import type { Dataset } from './dataset.ts'
import { fashionMnist } from './fashion-mnist.ts'
import { imageFolder } from './image-folder.ts'
import { mnist } from './mnist.ts'

export type { Dataset, OpenedDataset } from './dataset.ts'

/** Data sets that experiments can name. */
export const datasets = createRegistry<Dataset>('data set', {
  'fashion-mnist': fashionMnist,
  mnist,
  cifar10,
  cifar100,
  'image-folder': imageFolder,
})
