import type { ExportQuery } from '../../../contract/exports.ts'
import type { TableForm } from '../../../readings/analyses/analysis.ts'
import type { Table } from '../../../shared/tables/table.ts'
import { readingTable } from '../comparison/readings/readings.ts'
import type { ExportServices } from './services.ts'
import { analysisTable } from './analyses.ts'

/** A table as every format is made of it. */
export async function readTable(services: ExportServices, query: ExportQuery, form: TableForm): Promise<Table> {
  return 'analyses' in query ? analysisTable(services, query, form) : readingTable(services, query)
}
