import type { RegimeName } from '../../../../shared/phase.ts'
import { statuses } from '../facts.ts'
import type { ColumnId } from './columns.ts'
import type { Group } from './groups.ts'

/** What a group's line says in words. */
export interface GroupDescription {
  /** Its experiment, tag, …; for the seeds of one regime, how many they are. */
  title: string
  /** `all done`, or what is not: `1 running, 2 queued`. */
  state: string
  /** Of all its runs; null where they differ. */
  regime: RegimeName | null
  /** `2 phases`, where all its runs have as many. */
  phases: string
}

export function describeGroup(group: Group): GroupDescription {
  const [first] = group.runs
  const regime = group.runs.every((run) => run.regime === first!.regime) ? first!.regime : null
  const phaseCount = group.runs.every(({ phases }) => phases.length === first!.phases.length) && first!.phases.length
  return {
    title: group.members.at(-1)!.key === 'regime' ? counted(group.runs.length, 'run') : group.title,
    state: stateOf(group),
    regime,
    phases: regime !== null && phaseCount ? counted(phaseCount, 'phase') : '',
  }
}

/** Columns that hold a value for a group; the title covers those before the first of them. */
export function valueColumns({ regime }: GroupDescription): readonly ColumnId[] {
  const always = ['validation', 'test', 'exits', 'speed'] as const
  return regime === null ? always : [...always, 'regime', 'seed', 'phase']
}

function stateOf({ runs, summary: { counts }, members }: Group): string {
  const others = statuses.filter((status) => status !== 'done' && counts[status] > 0)
  const open = others.map((status) => `${counts[status]} ${status}`).join(', ')
  const size = members.at(-1)!.key === 'regime' ? '' : `${counted(runs.length, 'run')}, `
  if (others.length === 0) return `${size}all done`
  return others.length === 1 && isAll(counts[others[0]!], runs.length) ? `${size}all ${others[0]}` : size + open
}

const isAll = (count: number, runs: number) => count === runs && runs > 1
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
