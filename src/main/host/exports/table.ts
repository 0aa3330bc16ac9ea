import type { AnalysisQuery, OwnTable } from '../../../contract/exports.ts'
import type { ReadingQuery } from '../../../contract/readings.ts'
import type { TableForm } from '../../../analyses/analysis.ts'
import type { Table } from '../../../shared/table.ts'
import { readingTable } from '../readings/readings.ts'
import type { HostServices } from '../services.ts'
import { analysisTable } from './analyses.ts'
import { dominanceOfRun } from './dominance.ts'

export type TableQuery = AnalysisQuery | ReadingQuery | OwnTable

/** A table as every format is made of it. */
export async function readTable(services: HostServices, query: TableQuery, form: TableForm): Promise<Table> {
  if ('analyses' in query) return analysisTable(services, query, form)
  if ('question' in query) return readingTable(services, query)
  return dominanceOfRun(services, query)
}
