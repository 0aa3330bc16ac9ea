export type CifarName = 'cifar10' | 'cifar100'
export type CifarForm = 'binary' | 'python'

/** How a CIFAR data set is distributed (Krizhevsky 2009). */
interface CifarDataset {
  classes: number
  /** Bytes before the pixels of an image in the binary files; the last of them is its label. */
  labelBytes: number
  /** Key of the labels in the pickled files. */
  labelKey: string
  /** Key of the names of the classes in the pickled file of names. */
  namesKey: string
  forms: Record<CifarForm, { folder: string; archive: string; train: string[]; test: string[]; names: string }>
}

const five = [1, 2, 3, 4, 5]

export const cifarDatasets: Record<CifarName, CifarDataset> = {
  cifar10: {
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
  },
  cifar100: {
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
  },
}
