import { imageNetNormalisation, resizedCrops, wordNetDataset } from './formats/wordnet-files.ts'

/** ILSVRC 2012. Its official validation images are its test images. */
export const imageNet = wordNetDataset({
  info: { title: 'ImageNet-1k', paper: 'Russakovsky et al. 2015, image-net.org' },
  classes: 1000,
  side: 224,
  hasOneSize: false,
  normalisation: imageNetNormalisation,
  augmentation: resizedCrops,
  folders: ['', 'ILSVRC/Data/CLS-LOC', 'Data/CLS-LOC'],
  expected:
    'a folder with train/WNID/… and val/WNID/…, or Kaggle’s folder of ILSVRC and LOC_val_solution.csv, which has the classes of val',
  names: {},
})
