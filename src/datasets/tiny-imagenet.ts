import { tinyImageNetNormalisation, wordNetDataset } from './formats/wordnet-files.ts'

/** Its official validation images are its test images. */
export const tinyImageNet = wordNetDataset({
  info: { title: 'TinyImageNet', paper: 'Le and Yang 2015, cs231n.stanford.edu/tiny-imagenet-200.zip' },
  classes: 200,
  side: 64,
  hasOneSize: true,
  normalisation: tinyImageNetNormalisation,
  augmentation: (ofFamily) => (ofFamily === 'trivial-augment' ? 'trivial-augment-crop' : ofFamily),
  folders: ['', 'tiny-imagenet-200'],
  expected: 'the folder tiny-imagenet-200 with train/WNID/images, val/images and val/val_annotations.txt',
  names: {},
})
