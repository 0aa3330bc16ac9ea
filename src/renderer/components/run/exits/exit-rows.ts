import { exitAt } from '../../../../shared/evaluation/exit-id.ts'
import { exitLabel } from '../../../../figures/exit-curves-data.ts'
import { primaryMetric } from '../../../../shared/methods/task.ts'
import type { EpochMetric } from '../../../../shared/runs/runs.ts'
import type { RunDetail } from '../../../../contract/run-detail.ts'

/** What an exit of a run costs and is worth. */
export interface ExitRow {
  exit: number
  label: string
  /** Block that it sits behind; null for the final classifier. */
  block: number | null
  macs: number
  fraction: number
  /** The task's primary metric; null where it was not measured. */
  validation: number | null
  test: number | null
}

/**
 * Exits with their scores: of the finished run, else of the last epoch of the phase under way (`metrics`), which need not
 * measure every exit.
 */
export function exitRows(
  { costs, scores, task }: Pick<RunDetail, 'costs' | 'scores' | 'task'>,
  latest: { metrics: readonly EpochMetric[] } | null,
): ExitRow[] {
  const exitCount = costs.exits.length
  const { name } = primaryMetric({ task })
  const last = latest?.metrics.at(-1)?.epoch
  const measured = new Map(
    latest?.metrics
      .filter(({ epoch, split }) => epoch === last && split === 'validation')
      .map(({ exit, values }) => [exit, values[name]!]),
  )
  return costs.exits.map(({ exit, block, macs, fraction }) => ({
    exit,
    block,
    macs,
    fraction,
    label: exitLabel(exit, exitCount),
    validation: scores ? scores.validation[exit]! : (measured.get(exitAt(exit, exitCount - 1)) ?? null),
    test: scores ? scores.test[exit]! : null,
  }))
}
