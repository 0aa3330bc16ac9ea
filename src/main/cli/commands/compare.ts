import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { HostClient } from '../../../shared/contract.ts'
import type { ComparisonInput } from '../../../shared/contract/evaluations.ts'
import { tableFormats } from '../../../shared/contract/exports.ts'
import { protocols, seedReadings } from '../../../shared/evaluation.ts'
import { comparisonJson, comparisonTable } from '../comparison-table.ts'
import { type Context, print, widthOf } from '../context.ts'
import { budgetList, svgFile, withExamples, withWorkspace, type WorkspaceOption } from '../options.ts'
import { createStyle, type Style } from '../output/style.ts'
import { noteSameNames } from '../same-names.ts'
import { writeTextFile } from '../write-file.ts'

const formats = ['text', ...tableFormats, 'json'] as const
type Format = (typeof formats)[number]

interface CompareOptions extends WorkspaceOption {
  protocol: (typeof protocols)[number]
  rule: string
  budgets?: (number | null)[]
  reading: (typeof seedReadings)[number]
  format: Format
  json?: boolean
  figure?: string
  output?: string
}

export function addCompare(program: Command, context: Context): void {
  const command = program
    .command('compare')
    .description('accuracy of each regime at each budget, over its seeds')
    .argument('[RUNS...]', 'runs or experiments to compare (default: every run that is done)')
    .addOption(
      new Option(
        '--protocol <NAME>',
        'validation: thresholds chosen on validation images, read on test images; paper: swept on test images',
      )
        .choices(protocols)
        .default('validation'),
    )
    .option('--rule <NAME>', 'exit rule; docs/method.md, section 7, has those there are', 'confidence')
    .option('--budgets <LIST>', "in % of the backbone's cost (default: 25,50,75,100,unlimited)", budgetList)
    .addOption(
      new Option(
        '--reading <NAME>',
        'averaged: seeds are averaged at each threshold, then the budget is read; per-seed: the other way round',
      )
        .choices(seedReadings)
        .default('averaged'),
    )
    .addOption(new Option('--format <NAME>', 'what to print').choices(formats).default('text'))
    .option('--json', 'the same as --format json')
    .option('--figure <FILE>', 'also draw accuracy against cost, as SVG', svgFile)
    .option('--output <FILE>', 'write the table there instead of printing it')
    .action((runs: string[], options: CompareOptions) => compare(context, runs, options))
  withExamples(withWorkspace(command), [
    ['exitlab compare quickstart', 'a table for the terminal'],
    ['exitlab compare quickstart --format latex --output table.tex', 'for a paper'],
    ['exitlab compare quickstart --figure curve.svg', 'accuracy–cost curves'],
    ['exitlab compare --budgets 20,40,unlimited --rule entropy', 'other budgets, another rule'],
  ])
}

async function compare(context: Context, runs: string[], options: CompareOptions): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const { protocol, rule, budgets, reading } = options
  const query: ComparisonInput = { runs, protocol, rule, budgets, reading }
  const format = options.json ? 'json' : options.format
  const view =
    options.output === undefined
      ? { style: context.style, width: widthOf(context.stdout) }
      : { style: createStyle(false), width: Infinity }
  const text = await comparisonText(connection.client, query, { format, ...view })
  await noteSameNames(context, connection.client, runs)
  await (options.output === undefined ? context.stdout.write(text) : save(context, options.output, text))
  if (options.figure !== undefined)
    await save(context, options.figure, (await connection.client.exports.figure(query)).svg)
}

/** A comparison as the bytes of one of the formats. */
export async function comparisonText(
  client: HostClient,
  query: ComparisonInput,
  { format, ...view }: { format: Format; style: Style; width: number },
): Promise<string> {
  if (format !== 'text' && format !== 'json') return (await client.exports.table({ ...query, format })).text
  const comparison = await client.evaluations.compare(query)
  const lines = format === 'json' ? [JSON.stringify(comparisonJson(comparison))] : comparisonTable(comparison, view)
  return `${lines.join('\n')}\n`
}

async function save(context: Context, file: string, text: string): Promise<void> {
  const path = resolve(context.workingFolder, file)
  await writeTextFile(path, text)
  print(context.stderr, `Wrote ${path}`)
}
