import type { HostClient } from '../../contract/index.ts'
import { readings } from '../../readings/index.ts'
import type { ComparisonQuestion } from '../../readings/question.ts'
import { tableFormats } from '../../contract/exports.ts'
import { withCaveats } from './caveats.ts'
import type { View } from './output/style.ts'
import { tableLines } from './output/table-lines.ts'

/** A comparison with every choice made but the budgets. */
export type Query = ComparisonQuestion & Required<Pick<ComparisonQuestion, 'protocol'>>

export const formats = ['text', ...tableFormats, 'json'] as const
export type Format = (typeof formats)[number]

/** Every table, with what it says. */
export const evaluationTables = (): Record<string, string> =>
  Object.fromEntries(
    readings.entries().flatMap(([name, { info, hasTable }]) => (hasTable ? [[name, info.sentence]] : [])),
  )

/** One of the tables as the bytes of a format. */
export async function evaluationText(
  client: HostClient,
  { of, ...query }: Query & { of: string },
  { format, caveats = [], isFile = false, ...view }: View & TextOptions,
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(withCaveats(await answerTo(client, of, query), caveats))}\n`
  const table = { reading: of, question: query }
  if (format !== 'text') return (await client.exports.table({ table, format })).bytes.text()
  const shown = await client.exports.readTable({ table })
  const below = isFile ? caveats.map(({ sentence }) => sentence) : []
  return `${tableLines({ ...shown, notes: [...(shown.notes ?? []), ...below] }, view).join('\n')}\n`
}

interface TextOptions {
  format: Format
  caveats?: Parameters<typeof withCaveats>[1]
  /** A terminal has the caveats beside the text. */
  isFile?: boolean
}

async function answerTo(client: HostClient, table: string, query: Query): Promise<unknown> {
  return readings.get(table).json(await client.readings.ask({ reading: table, question: query }))
}
