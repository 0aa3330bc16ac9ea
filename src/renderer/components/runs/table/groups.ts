import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { mean } from '../../../../shared/statistics/statistics.ts'
import { seriesOf, type RunsContext } from '../run-metrics.ts'
import { scoreKey, columnOf, type ColumnId, type SortValue } from './columns.ts'
import { groupingOf, type GroupKey } from './group-keys.ts'
import { sortedBy, type Sort } from './order.ts'
import { countedRuns, summaryOf, type MeansOver, type Summary } from './summary.ts'

/** Runs that have something in common, in the order they are shown. */
export interface Group {
  /** Identifies the group, whatever else is shown. */
  path: string
  /** Its key and value, and those of the groups around it from the outside in. */
  members: readonly { key: GroupKey; value: string }[]
  title: string
  /** All of them, those of inner groups too. */
  runs: readonly RunSummary[]
  /** Empty at the innermost level. */
  groups: readonly Group[]
  readonly summary: Summary
}

interface GroupOptions {
  keys: readonly GroupKey[]
  sort: Sort
  over: MeansOver
  context: RunsContext
  /** Previous groups: one with the same runs is reused, so that it is not rendered again. */
  before?: ReadonlyMap<string, Group>
}

/** Puts runs, which are in order, into groups, and these into groups, in order. An outer level with one group only is left out. */
export function groupRuns(runs: readonly RunSummary[], options: GroupOptions): Group[] {
  const [first, ...inner] = options.keys
  if (first === undefined) return []
  const groups = level(runs, [], options)
  return groups.length === 1 && inner.length > 0 ? [...groups[0]!.groups] : groups
}

function level(runs: readonly RunSummary[], around: Group['members'], options: GroupOptions): Group[] {
  const key = options.keys[around.length]
  if (key === undefined) return []
  const groups = [...partition(runs, key, options.context)].map(([value, own]) =>
    groupOf(own, [...around, { key, value }], options),
  )
  return ordered(groups, key, options)
}

function partition(runs: readonly RunSummary[], key: GroupKey, context: RunsContext): Map<string, RunSummary[]> {
  const { valuesOf } = groupingOf(key)
  const parts = new Map<string, RunSummary[]>()
  for (const run of runs) {
    for (const value of valuesOf(run, context)) {
      const part = parts.get(value)
      if (part) part.push(run)
      else parts.set(value, [run])
    }
  }
  return parts
}

function groupOf(runs: readonly RunSummary[], members: Group['members'], options: GroupOptions): Group {
  const path = pathOf(members)
  const before = options.before?.get(path)
  if (before && same(before.runs, runs)) return before
  const { key, value } = members.at(-1)!
  let summary: Summary | null = null
  return {
    path,
    members,
    title: groupingOf(key).titleOf(value, runs[0]!),
    runs,
    groups: level(runs, members, options),
    get summary() {
      return (summary ??= summaryOf(runs, options))
    },
  }
}

const pathOf = (members: Group['members']): string =>
  members.map(({ key, value }) => `${key}=${encodeURIComponent(value)}`).join('/')

const same = (a: readonly RunSummary[], b: readonly RunSummary[]) =>
  a.length === b.length && a.every((run, index) => run === b[index])

/** By the mean of the column where its values are numbers, by its first word else; without a sort, as the key has them. Of several series counts the best mean, or the worst where the order ascends. */
function ordered(groups: readonly Group[], key: GroupKey, options: GroupOptions): Group[] {
  const { rankOf } = groupingOf(key)
  const { sort } = options
  if (!sort) return sortedBy(groups, ({ members, runs }) => rankOf(members.at(-1)!.value, runs), false)
  return sortedBy(groups, (group) => sortValueOf(group, sort.column, options), sort.descending)
}

function sortValueOf({ runs }: Group, column: ColumnId, options: GroupOptions): SortValue {
  if (scoreKey(column) === null) return meanValue(runs, column, options)
  const series = Map.groupBy(countedRuns(runs, options.over), (run) => seriesOf(run, options.context))
  const means = [...series.values()].map((own) => meanValue(own, column, options)).filter((each) => each !== null)
  const best = options.sort!.descending ? Math.max : Math.min
  return means.length === 0 ? null : best(...(means as number[]))
}

function meanValue(runs: readonly RunSummary[], column: ColumnId, { context }: GroupOptions): SortValue {
  const valueOf = columnOf(column).sortValue!
  const first = runs.find((run) => valueOf(run, context) !== null)
  const value = first ? valueOf(first, context) : null
  if (typeof value !== 'number') return value
  const values = runs.map((run) => valueOf(run, context)).filter((each) => each !== null)
  const numbers = values.filter((each) => typeof each === 'number')
  return numbers.length === values.length ? mean(numbers) : value
}

/** Every group by its path. */
export function groupsByPath(groups: readonly Group[]): Map<string, Group> {
  const all = new Map<string, Group>()
  const add = (group: Group) => {
    all.set(group.path, group)
    group.groups.forEach(add)
  }
  groups.forEach(add)
  return all
}
