import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { checklistEntry, type ChecklistEntry } from '../../../../shared/tables/report.ts'
import type { Table } from '../../../../shared/tables/table.ts'
import { textRows, textTable } from '../../../../shared/tables/text-table.ts'

const file = fileURLToPath(new URL('../../../../../resources/report-checklist.yaml', import.meta.url))
const items = z.array(checklistEntry.strict())

/** The reproducibility checklist of a comparison, as far as Exitlab can fill it in. */
export function comparisonChecklist(values: ChecklistValues): ChecklistEntry[] {
  return items
    .parse(parse(readFileSync(file, 'utf8')))
    .map((item) => ({ ...item, where: filledIn(item.where, values) }))
}

/** What stands for its name in braces. */
type ChecklistValues = Readonly<Record<string, string>>

export const filledIn = (text: string, values: ChecklistValues): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!)

export function checklistTable(entries: readonly ChecklistEntry[], caption: string): Table {
  return textTable({
    name: 'checklist-table',
    caption,
    heads: [{ title: 'Question', width: 0.36 }],
    columns: [
      { title: 'Answer', width: 0.1 },
      { title: 'Where', width: 0.54 },
    ],
    blocks: textRows(entries.map(({ question, answer, where }) => [question, answer, where])),
  })
}
