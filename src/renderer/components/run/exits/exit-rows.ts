import { exitAt } from '../../../../shared/exit-id.ts'
import { exitLabel } from '../../../../figures/exit-curves-data.ts'
import type { EpochMetric, RunDetail } from '../../../../shared/runs.ts'

/** What an exit of a run costs and is worth. */
export interface ExitRow {
  exit: number
  label: string
  /** Block that it sits behind; null for the final classifier. */
  block: number | null
  macs: number
  fraction: number
  /** 0…1; null where it was not measured. */
  validation: number | null
  test: number | null
}

/**
 * Exits with their accuracies: of the finished run, else of the last epoch of the phase under way (`metrics`), which need not
 * measure every exit.
 */
export function exitRows(
  { costs, accuracies }: Pick<RunDetail, 'costs' | 'accuracies'>,
  latest: { metrics: readonly EpochMetric[] } | null,
): ExitRow[] {
  const exitCount = costs.exits.length
  const last = latest?.metrics.at(-1)?.epoch
  const measured = new Map(
    latest?.metrics
      .filter(({ epoch, split }) => epoch === last && split === 'validation')
      .map(({ exit, accuracy }) => [exit, accuracy]),
  )
  return costs.exits.map(({ exit, block, macs, fraction }) => ({
    ...{ exit, block, macs, fraction },
    label: exitLabel(exit, exitCount),
    validation: accuracies ? accuracies.validation[exit]! : (measured.get(exitAt(exit, exitCount - 1)) ?? null),
    test: accuracies ? accuracies.test[exit]! : null,
  }))
}
