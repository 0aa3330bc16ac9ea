import type { TextDataset } from './dataset.ts'

/** Texts of one's own: a folder or a file a class. */
export const textFolder: TextDataset = {
  kind: 'text',
  info: { title: 'Folder of texts', paper: 'a folder or a file a class' },
  maxLength: 128,
  values: 'never',
  files: null,
  options: ['testFraction'],
  open: async (options, path) => (await import('./formats/text/text-folder.ts')).openTextFolder(options, path),
}
