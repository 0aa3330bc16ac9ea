import type { TextDataset } from './dataset.ts'

/** Texts of one's own with a class or a value each, in the columns of a table. */
export const textTable: TextDataset = {
  kind: 'text',
  info: { title: 'Table of texts', paper: 'CSV, TSV or JSON Lines with named columns' },
  maxLength: 128,
  values: 'by-columns',
  files: null,
  options: ['testFraction', 'columns'],
  open: async (options, path) => (await import('./formats/text/text-table.ts')).openTextTable(options, path),
}
