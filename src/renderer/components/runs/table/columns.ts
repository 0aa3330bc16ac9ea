import { exitInWords } from '../../../../shared/evaluation/exit-id.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { settingPaths, type SettingPath } from '../../../../shared/experiment/setting-paths.ts'
import { primaryMetric, type OfTask } from '../../../../shared/methods/task.ts'
import { settingValues } from '../settings/run-settings.ts'
import type { SettingValue } from '../settings/setting-differences.ts'
import { settingText } from '../settings/setting-differences.ts'
import { settingName } from '../../setting/setting-words.ts'
import {
  scoreAt,
  durationSeconds,
  imagesPerSecond,
  secondsLeftAtMost,
  statuses,
  testScore,
  validationScore,
  type ScoreKey,
  type RunsContext,
} from '../run-metrics.ts'

export type SortValue = number | string | null

/** A column of the table of runs. */
interface Column {
  title: string
  /** What the list of columns says beyond the title. */
  meaning: string
  /** Numbers stand at the end. */
  align: 'start' | 'end'
  /** Pixels; the name takes what is left. */
  width: number
  minimumWidth: number
  /** null: cannot be sorted by. */
  sortValue: ((run: RunSummary, context: RunsContext) => SortValue) | null
}

const words = { align: 'start', minimumWidth: 48 } as const
const numbers = { align: 'end', minimumWidth: 40 } as const

const columns = {
  status: {
    ...words,
    title: 'Status',
    meaning: 'status of the run and its position in the queue',
    width: 116,
    sortValue: ({ status }) => statuses.indexOf(status),
  },
  name: { ...words, title: 'Name', meaning: '', width: 128, minimumWidth: 80, sortValue: ({ name }) => name },
  experiment: { ...words, title: 'Experiment', meaning: '', width: 120, sortValue: ({ experiment }) => experiment },
  regime: { ...words, title: 'Regime', meaning: '', width: 122, sortValue: ({ regime }) => regime },
  seed: { ...numbers, title: 'Seed', meaning: '', width: 44, sortValue: ({ seed }) => seed },
  phase: {
    ...words,
    title: 'Phase, epoch',
    meaning: 'phase and its epochs',
    width: 98,
    sortValue: ({ latest }) => latest?.epoch ?? null,
  },
  eta: {
    ...numbers,
    title: 'ETA',
    meaning: 'time left at most',
    width: 76,
    sortValue: secondsLeftAtMost,
  },
  validation: {
    ...numbers,
    title: 'Final val. (%)',
    meaning: 'validation accuracy of the final exit',
    width: 94,
    sortValue: validationScore,
  },
  test: {
    ...numbers,
    title: 'Final test (%)',
    meaning: 'test accuracy of the final exit',
    width: 94,
    sortValue: testScore,
  },
  exits: { ...words, title: 'Per exit', meaning: 'validation accuracy of each exit', width: 70, sortValue: null },
  speed: { ...numbers, title: 'Samples/s', meaning: 'samples per second', width: 72, sortValue: imagesPerSecond },
  tags: {
    ...words,
    title: 'Tags',
    meaning: '',
    width: 44,
    sortValue: ({ tags }) => (tags.length === 0 ? null : tags.join(' ')),
  },
  started: { ...numbers, title: 'Started', meaning: '', width: 96, sortValue: ({ startedAt }) => startedAt },
  finished: { ...numbers, title: 'Finished', meaning: '', width: 96, sortValue: ({ finishedAt }) => finishedAt },
  duration: {
    ...numbers,
    title: 'Duration',
    meaning: 'from start to end, including pauses',
    width: 76,
    sortValue: durationSeconds,
  },
} as const satisfies Record<string, Column>

export type FixedColumn = keyof typeof columns
export const columnIds = Object.keys(columns) as FixedColumn[]

/** `val.exit0`, `test.exit2`: accuracy of one exit; `val.mean`: mean of all exits. */
type ExitColumn = `${'val' | 'test'}.${`exit${number}` | 'mean'}`
/** Settings have a column under their path. */
export type ColumnId = FixedColumn | ExitColumn | SettingPath

const isFixed = (id: string): id is FixedColumn => Object.hasOwn(columns, id)
export const isSetting = (id: string): id is SettingPath => Object.hasOwn(settingPaths, id)
export const isColumnId = (id: unknown): id is ColumnId =>
  typeof id === 'string' && (isFixed(id) || isSetting(id) || scoreKey(id) !== null)

/** The accuracy that a column shows; null where it shows something else. */
export function scoreKey(id: string): ScoreKey | null {
  if (id === 'validation' || id === 'test') return { split: id, exit: 'final' }
  const [, split, name, exit] = /^(val|test)\.(mean|exit(\d+))$/.exec(id) ?? []
  if (name === undefined) return null
  return { split: split === 'val' ? 'validation' : 'test', exit: exit === undefined ? 'mean' : Number(exit) }
}

/** `Mean val.`, `Final test`, `Exit 2 val.` */
function beginning({ split, exit }: ScoreKey): string {
  const which = exit === 'mean' ? 'Mean' : exit === 'final' ? 'Final' : `Exit ${exit}`
  return `${which} ${split === 'validation' ? 'val.' : 'test'}`
}

/** `validation accuracy of exit 2` */
function scoreMeaning({ split, exit }: ScoreKey, noun: string): string {
  if (exit === 'mean') return `${split} ${noun}, mean of all exits`
  return `${split} ${noun} of ${exitInWords(exit)}`
}

/** A column for runs of one task; `task` null: of several tasks, whose metrics differ. */
export function columnFor(id: ColumnId, { task }: { task: OfTask['task'] | null }): Column {
  const column = columnOf(id)
  const key = scoreKey(id)
  if (task === undefined || (key === null && id !== 'exits')) return column
  const noun = task === null ? 'metric' : primaryMetric({ task }).noun
  if (key === null) return { ...column, meaning: `validation ${noun} of each exit` }
  return { ...column, title: `${beginning(key)} ${noun}`, meaning: scoreMeaning(key, noun) }
}

/** Whether a click sorts the largest value first: numbers, but for a metric that is better when lower. */
export function descendsFirst(id: ColumnId, { task }: { task: OfTask['task'] | null }): boolean {
  if (scoreKey(id) !== null && task !== null) return primaryMetric({ task }).higherIsBetter
  return columnOf(id).align === 'end'
}

const made = new Map<ColumnId, Column>()

export function columnOf(id: ColumnId): Column {
  if (isFixed(id)) return columns[id]
  const column = made.get(id) ?? (isSetting(id) ? settingColumn(id) : exitColumn(scoreKey(id)!))
  made.set(id, column)
  return column
}

function exitColumn(exitKey: ScoreKey): Column {
  return {
    ...numbers,
    title: `${beginning(exitKey)} (%)`,
    meaning: scoreMeaning(exitKey, 'accuracy'),
    width: exitKey.exit === 'mean' ? 94 : 100,
    sortValue: (run) => scoreAt(run, exitKey),
  }
}

function settingColumn(path: SettingPath): Column {
  const title = settingName(path)
  return {
    ...(settingPaths[path] === 'number' ? numbers : words),
    title,
    meaning: path,
    width: Math.max(60, 8 * title.length + 16),
    sortValue: (run, moment) => sortable(settingValues(run, path, moment)[0]),
  }
}

function sortable(value: SettingValue | undefined): SortValue {
  return value === undefined || value === null ? null : typeof value === 'number' ? value : settingText(value)
}
