import { join, resolve } from 'node:path'
import type { HostClient } from '../../../contract/index.ts'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import { valueTable } from '../../../shared/paper/paper-value-table.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { type Context, print, printResult, viewOf } from '../context.ts'
import type { Format } from '../evaluation-text.ts'
import type { WorkspaceOption } from '../options.ts'
import type { View } from '../output/style.ts'
import { tableLines } from '../output/table-lines.ts'
import { fileView } from '../save.ts'
import { makeFolder, writeResult } from '../write-file.ts'

export interface TablesOptions extends WorkspaceOption {
  scale: PaperScale
  items: string[]
  format: Format
  json?: boolean
  output?: string
}

/** Prints tables with published and own values, or writes a file for each of them. */
export async function printTables(context: Context, options: TablesOptions): Promise<void> {
  const { scale, items, workspace, output } = options
  const format = options.json ? 'json' : options.format
  await using connection = await context.connect({ purpose: 'read', workspace })
  const view = output === undefined ? viewOf(context) : fileView
  const files = await tableTexts(connection.client, { scale, items }, { format, ...view })
  if (output !== undefined) return write(context, files, resolve(context.workingFolder, output))
  // Programs read nothing but the table.
  if (format === 'text') print(context.stdout, [`The paper at ${scale} scale`, ''])
  printResult(context.stdout, files.map(({ text }) => text).join('\n'))
}

interface TableText {
  name: string
  text: string
}

async function tableTexts(
  { paper }: HostClient,
  question: { scale: PaperScale; items: string[] },
  { format, ...view }: View & { format: Format },
): Promise<TableText[]> {
  if (format === 'json') return [{ name: 'tables.json', text: `${JSON.stringify(await paper.tables(question))}\n` }]
  if (format === 'text') {
    const tables = (await paper.tables(question)).map(valueTable)
    return tables.map((table) => ({ name: `${table.name}.txt`, text: `${tableLines(table, view).join('\n')}\n` }))
  }
  const files = await paper.tableFiles({ ...question, format })
  return Promise.all(files.map(async ({ name, bytes }) => ({ name, text: await bytes.text() })))
}

async function write(context: Context, files: readonly TableText[], folder: string): Promise<void> {
  makeFolder(folder)
  for (const { name, text } of files) await writeResult(join(folder, name), text)
  print(context.stderr, `Wrote ${plural(files.length, 'file')} to ${folder}`)
}
