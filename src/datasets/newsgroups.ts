import type { TextDataset } from './dataset.ts'

const archive = '20news-bydate.tar.gz'

export const newsgroups: TextDataset = {
  kind: 'text',
  info: { title: '20 Newsgroups', paper: 'Lang 1995, sorted by date, qwone.com/~jason/20Newsgroups' },
  maxLength: 512,
  values: 'never',
  files: {
    expected: archive,
    areIn: (place, has) =>
      has(archive) || (has('20news-bydate-train') && has('20news-bydate-test')) || (place.endsWith('.tar.gz') && has()),
    downloadBytes: null,
  },
  options: [],
  open: async (_, path) => (await import('./formats/text/newsgroups.ts')).openNewsgroups(path),
}
