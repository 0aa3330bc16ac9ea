import type { ImportedResult } from '../../../../src/shared/runs/imported.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'
import { runSummary } from '../../support/run-summary.ts'

/** A finished run of the experiment `x-<experiment>`, save for what is said. */
export function summary(id: string, experiment: string, changes: Partial<RunSummary> = {}): RunSummary {
  const name = `${experiment}, ${id}`
  return runSummary({ id, name, experiment, experimentId: `x-${experiment}`, status: 'done', ...changes })
}

/** A result of another program, without an experiment. */
export function importedResult(changes: Partial<ImportedResult> = {}): ImportedResult {
  return {
    id: 'i1',
    name: 'sdn',
    experiment: null,
    regime: null,
    seed: 1,
    format: 'csv',
    path: '/log.csv',
    sha256: '',
    importedAt: 1,
    content: { split: 'test', rule: null, backboneMacs: null, exits: [{ name: '0', cost: 1, value: 0.5 }], curve: null, notes: [] }, // prettier-ignore
    ...changes,
  }
}
