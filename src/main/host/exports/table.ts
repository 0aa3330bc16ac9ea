import type { AnalysisQuery, OwnTable } from '../../../contract/exports.ts'
import { exitCount } from '../../../shared/network.ts'
import type { ReadingQuery } from '../../../contract/readings.ts'
import type { TableForm } from '../../../analyses/analysis.ts'
import type { Table } from '../../../shared/table.ts'
import { confusionTable } from '../../exports/tables/confusion.ts'
import { epochTable } from '../../exports/tables/epochs.ts'
import { ledgerTable } from '../../exports/tables/ledger.ts'
import { runTable } from '../../exports/tables/runs.ts'
import { settingTable } from '../../exports/tables/settings.ts'
import { namedConfusion, subjectOf } from '../evaluation/exit-reports.ts'
import { readingTable } from '../evaluation/readings.ts'
import { analysisTable } from './analyses.ts'
import { dominanceOfRun } from './dominance.ts'
import { resolveRun, resolveRuns } from '../runs/references.ts'
import type { HostServices } from '../services.ts'
import { settingDifferences } from '../experiments/setting-differences.ts'

export type TableQuery = AnalysisQuery | ReadingQuery | OwnTable
type Queries = { [Kind in OwnTable['of']]: Extract<OwnTable, { of: Kind }> }

/** The tables of runs and comparisons, from what the store and the evaluations say. */
const tables: { [Kind in keyof Queries]: (services: HostServices, query: Queries[Kind]) => Promise<Table> } = {
  async confusion(services, query) {
    const found = await namedConfusion(services, query)
    return confusionTable(found, subjectOf(services, { ...query, runs: found.runs }))
  },

  async runs({ store }, { runs }) {
    const ids = resolveRuns(store, runs, 'any').map(({ id }) => id)
    return runTable(store.summaries.of(ids))
  },

  async settings({ store }, { runs }) {
    const rows = resolveRuns(store, runs, 'any')
    const named = rows.map(({ id, name, experimentId }) => ({
      id,
      name,
      experiment: store.experiments.nameOf(experimentId),
    }))
    return settingTable({ ...settingDifferences(store, rows), runs: named })
  },

  async ledger({ store }, { run }) {
    const { name, seriesId } = resolveRun(store, run, 'any')
    const { drawNetwork } = await import('../../engine/plan.ts')
    return ledgerTable(drawNetwork(store.series.get(seriesId).network), name)
  },

  async epochs({ store }, { run }) {
    const { id, name, seriesId } = resolveRun(store, run, 'any')
    const phases = store.phases.chain(id).map((phase) => ({
      phase: { name: phase.definition.phase.name },
      records: store.epochs.after(phase.id, 0),
      metrics: store.epochs.metricsAfter(phase.id, 0),
    }))
    const { network } = store.series.get(seriesId)
    return epochTable({ run: name, task: network.task, exitCount: exitCount(network), phases })
  },
  dominance: dominanceOfRun,
}

/** A table as every format is made of it. */
export async function readTable(services: HostServices, query: TableQuery, form: TableForm): Promise<Table> {
  if ('analyses' in query) return analysisTable(services, query, form)
  if ('question' in query) return readingTable(services, query)
  return made(services, query.of, query)
}

function made<Kind extends keyof Queries>(services: HostServices, of: Kind, query: Queries[Kind]): Promise<Table> {
  return tables[of](services, query)
}
