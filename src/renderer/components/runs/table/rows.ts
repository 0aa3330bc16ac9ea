import type { RunSummary } from '../../../../shared/runs.ts'
import type { Group } from './groups.ts'

/** A line of the table. Levels count from 1; `parent` is the index of the group around it, −1 at the outermost level. */
export type TableRow = { key: string; level: number; parent: number } & (
  { kind: 'group'; group: Group; expanded: boolean } | { kind: 'run'; run: RunSummary }
)

/** The lines that are to be seen: groups, and what is in those that are open. Without groups, the runs alone. */
export function rowsOf(
  runs: readonly RunSummary[],
  groups: readonly Group[],
  collapsed: ReadonlySet<string>,
): TableRow[] {
  const rows: TableRow[] = []
  if (groups.length === 0) addRuns(rows, runs, { level: 1, parent: -1, path: '' })
  for (const group of groups) addGroup(rows, group, { level: 1, parent: -1, collapsed })
  return rows
}

interface Place {
  level: number
  parent: number
  collapsed: ReadonlySet<string>
}

function addGroup(rows: TableRow[], group: Group, { level, parent, collapsed }: Place): void {
  const expanded = !collapsed.has(group.path)
  const index = rows.push({ key: group.path, kind: 'group', level, parent, group, expanded }) - 1
  if (!expanded) return
  for (const inner of group.groups) addGroup(rows, inner, { level: level + 1, parent: index, collapsed })
  if (group.groups.length === 0) addRuns(rows, group.runs, { level: level + 1, parent: index, path: group.path })
}

function addRuns(
  rows: TableRow[],
  runs: readonly RunSummary[],
  { level, parent, path }: { level: number; parent: number; path: string },
): void {
  for (const run of runs) rows.push({ key: `${path}/${run.id}`, kind: 'run', level, parent, run })
}

/** The runs that a line stands for. */
export const runsOfRow = (row: TableRow): readonly RunSummary[] => (row.kind === 'run' ? [row.run] : row.group.runs)
