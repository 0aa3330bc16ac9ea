import type { ImageDataset } from './dataset.ts'

/** Images of one's own, one folder a class; TinyImageNet as distributed. */
export const imageFolder: ImageDataset = {
  kind: 'images',
  info: { title: 'Folder of images', paper: 'one folder for each class, as in torchvision’s ImageFolder' },
  images: null,
  files: null,
  options: ['testFraction', 'damagedImages'],
  augmentation: null,
  open: async (data, path) => (await import('./formats/image-folder.ts')).openImageFolder(data, path),
}
