import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { RunsContext } from '../run-metrics.ts'
import { columnOf, isColumnId, type ColumnId, type SortValue } from './columns.ts'

/** null: the natural order. */
export type Sort = { column: ColumnId; descending: boolean } | null

/** A stored order; null if its column no longer exists. */
export function readSort(kept: unknown): Sort {
  const { column, descending } = (kept ?? {}) as Partial<Exclude<Sort, null>>
  return isColumnId(column) ? { column, descending: descending === true } : null
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Runs in their natural order: what trains, then the queue as it will be taken, then the rest, what ended last first. */
export function inNaturalOrder(runs: readonly RunSummary[]): RunSummary[] {
  return runs.toSorted((a, b) => stage(a) - stage(b) || withinStage(a, b))
}

function stage({ status }: RunSummary): number {
  return status === 'running' ? 0 : status === 'queued' ? 1 : 2
}

function withinStage(a: RunSummary, b: RunSummary): number {
  return stage(a) < 2 ? a.position - b.position : lastMoved(b) - lastMoved(a) || a.position - b.position
}

const lastMoved = ({ finishedAt, createdAt }: RunSummary) => finishedAt ?? createdAt

/** Runs sorted by a column, stable; runs without a value come last in both directions. */
export function inOrder(
  runs: readonly RunSummary[],
  { column, descending }: NonNullable<Sort>,
  context: RunsContext,
): RunSummary[] {
  const { sortValue } = columnOf(column)
  return sortedBy(runs, (run) => sortValue!(run, context), descending)
}

/** A stable sort by a value that is worked out once for each. */
export function sortedBy<Each>(
  items: readonly Each[],
  valueOf: (item: Each) => SortValue,
  descending: boolean,
): Each[] {
  const values = items.map(valueOf)
  const ranks = ranksOf(values.filter((value) => typeof value === 'string'))
  const keyed = items.map((item, at) => ({ item, value: values[at]!, rank: ranks.get(values[at] as string) }))
  const sign = descending ? -1 : 1
  return keyed.sort((a, b) => compared(a, b, sign)).map(({ item }) => item)
}

interface Keyed {
  value: SortValue
  /** Of a string. */
  rank: number | undefined
}

function compared(a: Keyed, b: Keyed, sign: number): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
  if (a.rank !== undefined && b.rank !== undefined) return sign * (a.rank - b.rank)
  if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value)
  return sign * collator.compare(String(a.value), String(b.value))
}

/** More ranks than that are forgotten when a string comes that has none. A short list of groups forgets none of a long list of runs. */
const mostKept = 50_000
let knownRanks: ReadonlyMap<string, number> = new Map()

/** Places in the order of the language, equal for equal strings. Kept, as telling two strings apart by its rules takes much longer than two numbers. */
function ranksOf(strings: readonly string[]): ReadonlyMap<string, number> {
  if (strings.every((string) => knownRanks.has(string))) return knownRanks
  const kept = knownRanks.size > mostKept ? [] : knownRanks.keys()
  const all = [...new Set([...kept, ...strings])].sort(collator.compare)
  let rank = 0
  knownRanks = new Map(all.map((each, at) => [each, collator.compare(all[at - 1] ?? each, each) === 0 ? rank : ++rank]))
  return knownRanks
}
