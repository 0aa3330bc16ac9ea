import type { HostClient } from '../../contract/index.ts'
import { readings } from '../../readings/index.ts'
import { seriesJson } from '../../readings/series-json.ts'
import type { ComparisonQuestion } from '../../readings/question.ts'
import { tableFormats, type TableInput } from '../../contract/exports.ts'
import { tableLines, type TableView } from './output/table-lines.ts'

/** A comparison with every choice made but the budgets. */
export type Query = ComparisonQuestion & Required<Pick<ComparisonQuestion, 'protocol'>>

export const formats = ['text', ...tableFormats, 'json'] as const
export type Format = (typeof formats)[number]

/** The tables of `exitlab compare`, as JSON has them. */
const answers = {
  calibration: async ({ evaluations }: HostClient, { runs }: Query) =>
    (await evaluations.calibrations({ runs })).map(seriesJson),
}

type OwnTable = keyof typeof answers
/** Every table, with what it says. */
export const evaluationTables = (): Record<string, string> => ({
  ...Object.fromEntries(
    readings.entries().flatMap(([name, { info, hasTable }]) => (hasTable ? [[name, info.sentence]] : [])),
  ),
  calibration: 'calibration errors of exits, as trained and with temperature scaling',
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
