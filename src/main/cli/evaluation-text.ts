import type { HostClient } from '../../shared/contract.ts'
import type { ComparisonInput } from '../../shared/contract/evaluations.ts'
import { tableFormats } from '../../shared/contract/exports.ts'
import type { TableView } from './budget-grid.ts'
import { comparisonJson, comparisonTable } from './comparison-table.ts'
import { differenceTable } from './difference-table.ts'
import { exitTable } from './exit-table.ts'
import { optimismTable } from './optimism-table.ts'

/** A comparison with every choice made but the budgets. */
export type Query = ComparisonInput & Required<Pick<ComparisonInput, 'protocol' | 'rule'>>

export const formats = ['text', ...tableFormats, 'json'] as const
export type Format = (typeof formats)[number]

interface Printing {
  /** As JSON, or as lines for a person. */
  json: unknown
  lines: (view: TableView) => string[]
}

/** The tables of `exitlab compare`. */
const printings = {
  async budgets({ evaluations }, query) {
    const comparison = await evaluations.compare(query)
    return { json: comparisonJson(comparison), lines: (view) => comparisonTable(comparison, view) }
  },
  async differences({ evaluations }, query) {
    const differences = await evaluations.differences(query)
    return { json: differences, lines: (view) => differenceTable(differences, query, view) }
  },
  async optimism({ evaluations }, query) {
    const data = await evaluations.optimism(query)
    return { json: data, lines: (view) => optimismTable(data, query.rule, view) }
  },
  async exits({ evaluations }, query) {
    const tables = await evaluations.exits(query)
    return { json: tables, lines: (view) => exitTable(tables, view) }
  },
} satisfies Record<string, (client: HostClient, query: Query) => Promise<Printing>>

export type EvaluationTable = keyof typeof printings
export const evaluationTables = Object.keys(printings) as EvaluationTable[]

/** One of the tables as the bytes of a format; those for papers and spreadsheets are the host's. */
export async function evaluationText(
  client: HostClient,
  { of, ...query }: Query & { of: EvaluationTable },
  { format, ...view }: TableView & { format: Format },
): Promise<string> {
  if (format !== 'text' && format !== 'json') {
    return (await client.exports.table({ table: { of, ...query }, format })).bytes.text()
  }
  const { json, lines } = await printings[of](client, query)
  return `${format === 'json' ? JSON.stringify(json) : lines(view).join('\n')}\n`
}
