import type { RegimeName } from '../../../../shared/phase.ts'
import type { RunSummary } from '../../../../shared/runs.ts'
import { count, plural } from '../../../../shared/format/numbers.ts'
import { shownStatus } from '../../../stores/shared-phases.ts'
import { statuses } from '../run-metrics.ts'
import type { ColumnId } from './columns.ts'
import type { Group } from './groups.ts'

/** What a group's line says in words. */
export interface GroupDescription {
  /** Its experiment, regime, tag, … */
  title: string
  /** `3 seeds`, or runs where they are not of one experiment and regime. */
  size: string
  /** `all done`, or what is not: `1 running, 2 queued`. */
  state: string
  /** Of all its runs; null where they differ. */
  regime: RegimeName | null
  /** How many are done: `2/3`, or `70 %` of many. */
  done: string
  /** `2 phases`, where all its runs have as many. */
  phases: string
}

export function describeGroup(group: Group): GroupDescription {
  const [first] = group.runs
  const one = (of: (run: RunSummary) => unknown) => group.runs.every((run) => of(run) === of(first!))
  const regime = one((run) => run.regime) ? first!.regime : null
  const phaseCount = one(({ phases }) => phases.length) && first!.phases.length
  return {
    title: group.title,
    size: plural(group.runs.length, group.summary.series ? 'seed' : 'run'),
    state: stateOf(group),
    done: doneOf(group),
    regime,
    phases: regime !== null && phaseCount ? plural(phaseCount, 'phase') : '',
  }
}

/** Columns that hold a value for a group, beside scores and settings; the title covers those before the first of them. */
export function valueColumns({ regime }: GroupDescription): readonly ColumnId[] {
  const always = ['exits', 'speed'] as const
  return regime === null ? always : [...always, 'regime', 'seed', 'phase']
}

const order = ['running', 'waiting', ...statuses.filter((status) => status !== 'running')] as const

function stateOf({ runs }: Group): string {
  const counts = Map.groupBy(runs, shownStatus)
  const others = order.filter((status) => status !== 'done' && counts.has(status))
  if (others.length === 0) return 'all done'
  const [first] = others
  return runs.length > 1 && counts.get(first!)!.length === runs.length
    ? `all ${first}`
    : others.map((status) => `${count(counts.get(status)!.length)} ${status}`).join(', ')
}

function doneOf({ runs, summary: { counts } }: Group): string {
  return runs.length < 100 ? `${counts.done}/${runs.length}` : `${Math.floor((100 * counts.done) / runs.length)} %`
}
