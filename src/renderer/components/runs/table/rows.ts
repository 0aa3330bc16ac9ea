import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { groupingOf } from './group-keys.ts'
import type { Group } from './groups.ts'

/** A line of the table. Levels count from 1; `parent` is the index of the group around it, −1 at the outermost level. */
export type TableRow = { key: string; level: number; parent: number } & (
  | { kind: 'group'; group: Group; expanded: boolean }
  /** `inExperiment`: inside of the group of its experiment, which its name need not repeat. */
  | { kind: 'run'; run: RunSummary; inExperiment: boolean }
)

/** Visible rows: groups, and the content of expanded ones; a run alone in its group stands for it; without groups, the runs. */
export function rowsOf(
  runs: readonly RunSummary[],
  groups: readonly Group[],
  collapsed: ReadonlySet<string>,
): TableRow[] {
  if (groups.length === 0) return runRows(runs, { level: 1, parent: -1, path: '', around: [] })
  const rows: TableRow[] = []
  for (const group of groups) addGroup(rows, group, { level: 1, parent: -1, collapsed })
  return rows
}

interface GroupContext {
  level: number
  parent: number
  collapsed: ReadonlySet<string>
}

function addGroup(rows: TableRow[], group: Group, { level, parent, collapsed }: GroupContext): void {
  const { runs, path, members } = group
  if (isOneRun(group)) return void rows.push(...runRows(runs, { level, parent, path, around: members.slice(0, -1) }))
  const expanded = !collapsed.has(path)
  const index = rows.push({ key: path, kind: 'group', level, parent, group, expanded }) - 1
  if (!expanded) return
  for (const inner of group.groups) addGroup(rows, inner, { level: level + 1, parent: index, collapsed })
  if (group.groups.length === 0) for (const row of runRowsOf(group, level + 1, index)) rows.push(row)
}

const isOneRun = ({ runs, members }: Group) => runs.length === 1 && groupingOf(members.at(-1)!.key).inRow

/** A reused group has the same rows as before, unless its level or parent changed. */
const known = new WeakMap<Group, TableRow[]>()

function runRowsOf(group: Group, level: number, parent: number): TableRow[] {
  const before = known.get(group)
  if (before?.[0]?.level === level && before[0].parent === parent) return before
  const rows = runRows(group.runs, { level, parent, path: group.path, around: group.members })
  known.set(group, rows)
  return rows
}

function runRows(
  runs: readonly RunSummary[],
  { level, parent, path, around }: { level: number; parent: number; path: string; around: Group['members'] },
): TableRow[] {
  const inExperiment = around.some(({ key }) => key === 'experiment')
  return runs.map((run) => ({ key: `${path}/${run.id}`, kind: 'run', level, parent, run, inExperiment }))
}

/** The runs of a row. */
export const runsOfRow = (row: TableRow): readonly RunSummary[] => (row.kind === 'run' ? [row.run] : row.group.runs)

/** A group whose own row has been scrolled out of view. */
interface StuckRow {
  row: TableRow
  index: number
}

/**
 * The groups around what is in sight, from the outside in: they stay at the top of the table, and cover as many rows as they
 * are. `first`: index of the row at the very top.
 */
export function stuckRows(rows: readonly TableRow[], first: number): StuckRow[] {
  const stuck: StuckRow[] = []
  for (;;) {
    const top = first + stuck.length
    const index = aroundAt(rows, top, stuck.length + 1)
    if (index === null || index >= top) return stuck
    stuck.push({ row: rows[index]!, index })
  }
}

/** Index of the group of a level around a row, or of the row itself where it is that group. */
function aroundAt(rows: readonly TableRow[], at: number, level: number): number | null {
  let index = at
  while (rows[index] !== undefined && rows[index]!.level > level) index = rows[index]!.parent
  return rows[index]?.kind === 'group' && rows[index]!.level === level ? index : null
}
