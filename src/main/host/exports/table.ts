import type { ExportQuery } from '../../../contract/exports.ts'
import type { TableForm } from '../../../readings/analyses/analysis.ts'
import type { Table } from '../../../shared/tables/table.ts'
import { readingTable } from '../comparison/readings/answer-reading.ts'
import { emptyClassesWords } from './empty-classes.ts'
import type { ExportServices } from './services.ts'
import { analysisTable } from './analyses.ts'

/** A table as every format is made of it. */
export async function readTable(services: ExportServices, query: ExportQuery, form: TableForm): Promise<Table> {
  return 'analyses' in query ? analysisTable(services, query, form) : readingTable(services, query)
}

/** The same for a file, which has nothing beside it that says what its values leave open. */
export async function standaloneTable(services: ExportServices, query: ExportQuery, form: TableForm): Promise<Table> {
  const table = await readTable(services, query, form)
  return { ...table, about: [...(table.about ?? []), ...emptyClassesWords(services, query)] }
}
