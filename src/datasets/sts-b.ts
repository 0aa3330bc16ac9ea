import type { TextDataset } from './dataset.ts'

export const stsb: TextDataset = {
  kind: 'text',
  info: { title: 'STS-B', paper: 'Cer et al. 2017, as GLUE distributes it (gluebenchmark.com)' },
  maxLength: 128,
  values: 'always',
  files: {
    expected: 'the folder STS-B of GLUE with train.tsv and dev.tsv',
    areIn: (_, has) => [[], ['STS-B']].some((folder) => has(...folder, 'train.tsv') && has(...folder, 'dev.tsv')),
    downloadBytes: null,
  },
  options: [],
  open: async (_, path) => (await import('./formats/text/sts-b.ts')).openStsb(path),
}
