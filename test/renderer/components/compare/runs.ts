import type { RunSummary } from '../../../../src/shared/runs.ts'
import { runSummary } from '../../support/run-summary.ts'

/** A finished run of the experiment `x-<experiment>`, save for what is said. */
export function summary(id: string, experiment: string, changes: Partial<RunSummary> = {}): RunSummary {
  const name = `${experiment}, ${id}`
  return runSummary({ id, name, experiment, experimentId: `x-${experiment}`, status: 'done', ...changes })
}
