import type { PaperExperiment, PaperItem, PaperStatus } from '../../../src/shared/paper.ts'

/** An experiment of the paper of which nothing is there; what matters to a test is given. */
export function paperExperiment(given: Partial<PaperExperiment> & { file: string }): PaperExperiment {
  return {
    name: given.file,
    id: null,
    items: [],
    state: 'missing',
    runs: { missing: 6 },
    phases: { all: 8, done: 0 },
    remainingSeconds: null,
    trainedSeconds: 0,
    bytes: null,
    problem: null,
    ...given,
  }
}

/** `table-8` or `figure-3`, which reads an experiment of the same name. */
export function paperItem(given: Partial<PaperItem> & { id: string }): PaperItem {
  const [kind, number] = given.id.split('-')
  return {
    kind: kind as PaperItem['kind'],
    number: Number(number),
    title: `what ${given.id} shows`,
    experiments: [given.id],
    rule: null,
    state: 'missing',
    runs: { all: 6, done: 0 },
    analyses: null,
    note: null,
    ...given,
  }
}

/** Of items and experiments; the total is given where it matters. */
export function paperStatus(given: Partial<PaperStatus> = {}): PaperStatus {
  const experiments = given.experiments ?? [paperExperiment({ file: 'table-8' })]
  return {
    scale: 'paper',
    items: [paperItem({ id: 'table-8' })],
    experiments,
    total: { runs: { all: 6, done: 0 }, phases: { all: 8, done: 0 }, remainingSeconds: null, bytes: null },
    ...given,
  }
}
