import type { TextDataset } from './dataset.ts'

/** Short real texts by topic, for runs that need no download but a package. */
export const fortunes: TextDataset = {
  kind: 'text',
  info: { title: 'Fortunes', paper: 'the topics of the Debian packages fortunes and fortunes-min' },
  maxLength: 128,
  values: 'by-columns',
  files: {
    expected: 'the files of the Debian packages fortunes and fortunes-min (/usr/share/games/fortunes)',
    areIn: (_, has) => ['computers', 'science', 'literature'].every((topic) => has(topic)),
    // With the model that reads them.
    downloadBytes: 85e6,
  },
  options: ['testFraction', 'columns'],
  open: async (options, path) => (await import('./formats/text/fortunes.ts')).openFortunes(options, path),
}
