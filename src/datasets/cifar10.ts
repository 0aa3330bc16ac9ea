import type { CifarDefinition } from './formats/cifar-definition.ts'
import { cifarDataset } from './formats/cifar-files.ts'

const five = [1, 2, 3, 4, 5]

export const cifar10Definition: CifarDefinition = {
  name: 'cifar10',
  info: { title: 'CIFAR-10', paper: 'Krizhevsky 2009, cs.toronto.edu/~kriz/cifar.html' },
  normalisation: { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.243, 0.262] },
  classes: 10,
  labelBytes: 1,
  labelKey: 'labels',
  namesKey: 'label_names',
  forms: {
    binary: {
      folder: 'cifar-10-batches-bin',
      archive: 'cifar-10-binary.tar.gz',
      train: five.map((part) => `data_batch_${part}.bin`),
      test: ['test_batch.bin'],
      names: 'batches.meta.txt',
    },
    python: {
      folder: 'cifar-10-batches-py',
      archive: 'cifar-10-python.tar.gz',
      train: five.map((part) => `data_batch_${part}`),
      test: ['test_batch'],
      names: 'batches.meta',
    },
  },
}

export const cifar10 = cifarDataset(cifar10Definition)
