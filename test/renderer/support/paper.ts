import type { PaperExperiment, PaperItem, PaperStatus } from '../../../src/shared/paper/paper.ts'
import type { PaperClaim, PaperTable, TestRule } from '../../../src/shared/paper/paper-report.ts'

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
    ownSetting: null,
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

/** Table 8 at 25 % and Unlimited, with a published row; nothing is trained. */
export function paperTable(given: Partial<PaperTable> = {}): PaperTable {
  return {
    item: 'table-8',
    id: 'table-8',
    title: 'Table 8: ResNet-34, CIFAR-100, SDN',
    budgets: [0.25, null],
    publishedSetting: 'ResNet-34, CIFAR-100',
    ownSetting: null,
    sameSetting: false,
    experiments: [],
    rows: [
      {
        regime: 'mixed',
        variant: null,
        published: [{ mean: 67.5, std: 0.42 }, null],
        own: [null, null],
        ownSeeds: [],
        equalEpochs: null,
      },
    ],
    ...given,
  }
}

/** A rule of testing that was there before all runs. */
export const firmTestRule: TestRule = { since: 0, firstRun: null }

/** The verdict by the former rule is the same unless it is given. */
export function paperClaim(given: Partial<PaperClaim> & { id: string }): PaperClaim {
  const none = { own: null, ownHolds: null, correctedP: null, ownVerdict: 'missing' as const }
  const { own, ownHolds, correctedP, ownVerdict } = { ...none, ...given }
  return {
    statement: `what ${given.id} says`,
    expected: '≥ 0',
    otherSetting: false,
    published: 0.4,
    publishedHolds: true,
    ...none,
    former: { own, ownHolds, correctedP, ownVerdict },
    tests: [],
    equalEpochs: null,
    ...given,
  }
}
