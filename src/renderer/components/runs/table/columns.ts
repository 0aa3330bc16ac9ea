import type { RunSummary } from '../../../../shared/runs.ts'
import {
  durationSeconds,
  imagesPerSecond,
  secondsLeftAtMost,
  statuses,
  testAccuracy,
  validationAccuracy,
  type Moment,
} from '../facts.ts'

export type SortValue = number | string | null

/** A column of the table of runs. */
export interface Column {
  title: string
  /** What the list of columns says beyond the title. */
  meaning: string
  /** Numbers stand at the end. */
  align: 'start' | 'end'
  /** Pixels; the name takes what is left. */
  width: number
  minimumWidth: number
  /** null: cannot be sorted by. */
  sortValue: ((run: RunSummary, moment: Moment) => SortValue) | null
}

const words = { align: 'start', minimumWidth: 48 } as const
const numbers = { align: 'end', minimumWidth: 40 } as const

export const columns = {
  status: {
    ...words,
    title: 'Status',
    meaning: 'state of the run, and its place in the queue',
    width: 104,
    sortValue: ({ status }) => statuses.indexOf(status),
  },
  name: { ...words, title: 'Name', meaning: '', width: 110, minimumWidth: 80, sortValue: ({ name }) => name },
  experiment: { ...words, title: 'Experiment', meaning: '', width: 120, sortValue: ({ experiment }) => experiment },
  regime: { ...words, title: 'Regime', meaning: '', width: 122, sortValue: ({ regime }) => regime },
  seed: { ...numbers, title: 'Seed', meaning: '', width: 44, sortValue: ({ seed }) => seed },
  phase: {
    ...words,
    title: 'Phase',
    meaning: 'phase and epoch',
    width: 130,
    sortValue: ({ latest }) => latest?.epoch ?? null,
  },
  eta: {
    ...numbers,
    title: 'ETA',
    meaning: 'time left at most',
    width: 58,
    sortValue: secondsLeftAtMost,
  },
  validation: {
    ...numbers,
    title: 'Val. acc. (%)',
    meaning: 'validation accuracy of the final exit',
    width: 90,
    sortValue: validationAccuracy,
  },
  test: {
    ...numbers,
    title: 'Test acc. (%)',
    meaning: 'test accuracy of the final exit',
    width: 90,
    sortValue: testAccuracy,
  },
  exits: { ...words, title: 'Per exit', meaning: 'validation accuracy of each exit', width: 74, sortValue: null },
  speed: { ...numbers, title: 'img/s', meaning: 'images per second', width: 46, sortValue: imagesPerSecond },
  tags: {
    ...words,
    title: 'Tags',
    meaning: '',
    width: 70,
    sortValue: ({ tags }) => (tags.length === 0 ? null : tags.join(' ')),
  },
  started: { ...numbers, title: 'Started', meaning: '', width: 96, sortValue: ({ startedAt }) => startedAt },
  finished: { ...numbers, title: 'Finished', meaning: '', width: 96, sortValue: ({ finishedAt }) => finishedAt },
  duration: {
    ...numbers,
    title: 'Duration',
    meaning: 'from its start, pauses included',
    width: 70,
    sortValue: durationSeconds,
  },
} as const satisfies Record<string, Column>

export type ColumnId = keyof typeof columns
export const columnIds = Object.keys(columns) as ColumnId[]
export const columnOf = (id: ColumnId): Column => columns[id]
