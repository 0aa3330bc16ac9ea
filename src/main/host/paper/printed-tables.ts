import type { PaperScale } from '../../../shared/paper.ts'
import type { PaperTable } from '../../../shared/paper-report.ts'
import type { Table } from '../../../shared/table.ts'
import { valueTable } from '../../exports/paper-report/value-table.ts'
import type { HostServices } from '../services.ts'
import { paperTables } from './tables.ts'

/** How own values are read, as the published ones were; what the paper leaves open of a regression is in the method (7.3). */
const readings = {
  classification: 'Thresholds are chosen on test samples, as in the paper',
  regression: 'Of the exits within a budget, the one with the lowest MSE on validation samples is read',
} as const

/** The tables of the paper as data from which all formats are made. */
export async function printedTables(
  services: HostServices,
  scale: PaperScale,
  items: readonly string[],
): Promise<Table[]> {
  const tables = await paperTables(services, scale, items)
  return tables.map((paper) => {
    const table = valueTable(paper)
    return paper.ownSetting === null ? table : { ...table, caption: `${table.caption} ${readingOf(paper)}` }
  })
}

function readingOf({ task }: PaperTable): string {
  return `${readings[task ?? 'classification']}; costs and values are averaged over seeds at each threshold.`
}
