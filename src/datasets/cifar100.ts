import type { CifarDefinition } from './formats/cifar-definition.ts'
import { cifarDataset } from './formats/cifar-files.ts'

export const cifar100Definition: CifarDefinition = {
  name: 'cifar100',
  info: { title: 'CIFAR-100', paper: 'Krizhevsky 2009, cs.toronto.edu/~kriz/cifar.html' },
  normalisation: { mean: [0.5071, 0.4865, 0.4409], std: [0.267, 0.256, 0.276] },
  classes: 100,
  labelBytes: 2,
  labelKey: 'fine_labels',
  namesKey: 'fine_label_names',
  forms: {
    binary: {
      folder: 'cifar-100-binary',
      archive: 'cifar-100-binary.tar.gz',
      train: ['train.bin'],
      test: ['test.bin'],
      names: 'fine_label_names.txt',
    },
    python: {
      folder: 'cifar-100-python',
      archive: 'cifar-100-python.tar.gz',
      train: ['train'],
      test: ['test'],
      names: 'meta',
    },
  },
}

export const cifar100 = cifarDataset(cifar100Definition)
