import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { count, plural } from '../../../../shared/format/numbers.ts'
import { shownStatus } from '../../../stores/shared-phases.ts'
import { statuses } from '../run-metrics.ts'
import type { Group } from './groups.ts'

/** What a group's line says in words. */
export function describeGroup(group: Group) {
  const [first] = group.runs
  const one = (of: (run: RunSummary) => unknown) => group.runs.every((run) => of(run) === of(first!))
  const regime = one((run) => run.regime) ? first!.regime : null
  return {
    /** Its experiment, regime, tag, … */
    title: group.title,
    /** `3 seeds`, or runs where they are not of one experiment and regime. */
    size: plural(group.runs.length, group.summary.series ? 'seed' : 'run'),
    /** `all done`, or what is not: `1 running, 2 queued`. */
    state: stateOf(group),
    /** Of all its runs; null where they differ. */
    regime,
  }
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
