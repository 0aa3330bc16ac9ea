/** Presets of augmentation of images (method 5.2). */
export const augmentations = [
  'none',
  'crop-flip',
  'trivial-augment',
  'trivial-augment-crop',
  'resized-crop-flip',
  'resized-crop-trivial-augment',
] as const
export type Augmentation = (typeof augmentations)[number]
