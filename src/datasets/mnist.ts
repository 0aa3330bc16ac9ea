import { idxDataset } from './formats/idx-files.ts'

export const mnist = idxDataset({
  name: 'mnist',
  info: { title: 'MNIST', paper: 'LeCun et al. 1998, yann.lecun.com/exdb/mnist' },
  normalisation: { mean: [0.1307], std: [0.3081] },
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  // Digits that are mirrored or turned mean something else.
  augmentation: () => 'none',
  downloadBytes: null,
})
