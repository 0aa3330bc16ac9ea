import type { RunSummary } from '../../../../shared/runs.ts'
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
export function inOrder(runs: readonly RunSummary[], sort: NonNullable<Sort>, context: RunsContext): RunSummary[] {
  const { sortValue } = columnOf(sort.column)
  return sortedBy(runs, (run) => sortValue!(run, context), sort.descending)
}

/** A stable sort by a value that is worked out once for each. */
export function sortedBy<Each>(
  items: readonly Each[],
  valueOf: (item: Each) => SortValue,
  descending: boolean,
): Each[] {
  const keyed = items.map((item) => ({ item, value: valueOf(item) }))
  const sign = descending ? -1 : 1
  return keyed.sort((a, b) => compared(a.value, b.value, sign)).map(({ item }) => item)
}

function compared(a: SortValue, b: SortValue, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))
}
