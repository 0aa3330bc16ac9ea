import { idxDataset } from './formats/idx-files.ts'

export const fashionMnist = idxDataset({
  name: 'fashion-mnist',
  info: { title: 'Fashion-MNIST', paper: 'Xiao et al. 2017, github.com/zalandoresearch/fashion-mnist' },
  // Measured on the training images.
  normalisation: { mean: [0.286], std: [0.353] },
  classNames: [
    ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'],
    ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  ],
  augmentation: null,
  downloadBytes: 31e6,
})
