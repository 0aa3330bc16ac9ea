import type { HostClient } from '../../contract/index.ts'
import { readings } from '../../readings/index.ts'
import { seriesJson } from '../../readings/series-json.ts'
import type { ComparisonQuestion } from '../../readings/question.ts'
import { tableFormats, type TableInput } from '../../contract/exports.ts'
import type { BudgetCell, Comparison } from '../../shared/evaluation.ts'
import { costName, type OfCost } from '../../shared/latency.ts'
import { rounded } from '../../shared/table.ts'
import { tableLines, type TableView } from './output/table-lines.ts'

/** A comparison with every choice made but the budgets. */
export type Query = ComparisonQuestion & Required<Pick<ComparisonQuestion, 'protocol'>>

export const formats = ['text', ...tableFormats, 'json'] as const
export type Format = (typeof formats)[number]

/** The tables of `exitlab compare`, as JSON has them. */
const answers = {
  budgets: async ({ evaluations }: HostClient, query: Query) => comparisonJson(await evaluations.compare(query)),
  calibration: async ({ evaluations }: HostClient, { runs }: Query) =>
    (await evaluations.calibrations({ runs })).map(seriesJson),
}

type OwnTable = keyof typeof answers
/** Every table, with what it says. */
export const evaluationTables = (): Record<string, string> => ({
  budgets: 'accuracy at each budget',
  calibration: 'calibration errors of exits, as trained and with temperature scaling',
  ...Object.fromEntries(
    readings.entries().flatMap(([name, { info, hasTable }]) => (hasTable ? [[name, info.sentence]] : [])),
  ),
})

/** One of the tables as the bytes of a format. */
export async function evaluationText(
  client: HostClient,
  { of, ...query }: Query & { of: string },
  { format, ...view }: TableView & { format: Format },
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(await answerTo(client, of, query))}\n`
  const table = evaluationTable(of, query)
  if (format !== 'text') return (await client.exports.table({ table, format })).bytes.text()
  return `${tableLines(await client.exports.readTable({ table }), view).join('\n')}\n`
}

/** A table of `compare` as the host is asked for it. */
export function evaluationTable(name: string, query: ComparisonQuestion): TableInput {
  return readings.has(name) ? { reading: name, question: query } : ({ of: name, ...query } as TableInput)
}

async function answerTo(client: HostClient, table: string, query: Query): Promise<unknown> {
  if (!readings.has(table)) return answers[table as OwnTable](client, query)
  return readings.get(table).json(await client.readings.ask({ reading: table, question: query }))
}

/** The answer of `compare --json`. */
export function comparisonJson({ task, latency, protocol, rule, budgets, rows }: Comparison) {
  return {
    ...(task && { task }),
    ...(latency !== undefined && { latency }),
    protocol,
    rule,
    budgets,
    rows: rows.map(({ experiment, regime, series, imported, seeds, runs, cells }) => ({
      experiment,
      regime,
      ...(series === regime ? {} : { series }),
      ...(imported && { imported }),
      seeds,
      runs,
      cells: cells.map((cell) => cell && cellJson(cell, { latency })),
    })),
  }
}

/** Percent to six decimals: more would be noise of floating point, such as 46.800000000000004. */
function cellJson({ budget, mean, std, cost, fraction }: BudgetCell, of: OfCost) {
  const share = fraction === undefined ? {} : { fraction }
  return { budget, mean: rounded(mean, 6), std: rounded(std, 6), [costName(of)]: cost, ...share }
}
