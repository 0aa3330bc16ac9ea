import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ExportInput } from '../../../contract/exports.ts'
import type { ReadingQuery } from '../../../contract/readings.ts'
import { readings } from '../../../readings/index.ts'
import { costAxisNames, type CostAxisName } from '../../../shared/evaluation/cost-axis.ts'
import { costKinds, measuredCost, measuredCosts, type CostKind } from '../../../shared/evaluation/cost-kind.ts'
import { nearestWord } from '../../../shared/text/nearest-word.ts'
import { readSplits, type ReadSplit } from '../../../shared/evaluation/read-on.ts'
import { protocols, seedReadings } from '../../../shared/evaluation/evaluation.ts'
import { print, type Context } from '../context.ts'
import { evaluationTables, evaluationText, formats } from '../evaluation-text.ts'
import type { Format, Query } from '../evaluation-text.ts'
import { drawFigures, withFigure, type FigureOptions } from '../figure-options.ts'
import { budgetList, repeatable, ruleOption, withExamples, withWorkspace, type WorkspaceOption } from '../options.ts'
import type { HostClient } from '../../../contract/index.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { noteCaveats, noteImportsLeftOut } from '../caveats.ts'
import { isPrinted, save, saveOrPrint, viewFor } from '../save.ts'
import { tableSettings } from '../table-settings.ts'

interface CompareOptions extends WorkspaceOption, FigureOptions {
  table: string
  protocol: (typeof protocols)[number]
  split?: ReadSplit
  openTest?: boolean
  rule?: string
  budgets?: (number | null)[]
  reading: (typeof seedReadings)[number]
  cost: CostKind
  axis: CostAxisName
  eachSeed?: boolean
  set?: string[]
  format: Format
  json?: boolean
  output?: string
}

/** `latency: milliseconds that …`, of each cost that is measured. */
const costsInWords = Object.entries(measuredCosts)
  .map(([kind, { how }]) => `${kind}: ${how}`)
  .join('; ')

export function addCompare(program: Command, context: Context): void {
  const tables = evaluationTables()
  const command = program
    .command('compare')
    .description('accuracy, or the metric of another task, of each regime at each budget, over its seeds')
    .argument('[RUNS...]', 'runs or experiments to compare (default: all finished runs)')
    .addOption(
      new Option(
        '--table <NAME>',
        Object.entries(tables)
          .map(([name, sentence]) => `${name}: ${sentence}`)
          .join('; '),
      )
        // Not as choices, which the help would list once more.
        .argParser((name) => knownTable(name, Object.keys(tables)))
        .default('budgets'),
    )
    .addOption(
      new Option(
        '--protocol <NAME>',
        'samples on which thresholds are chosen; validation: validation samples; paper: test samples',
      )
        .choices(protocols)
        .default('validation'),
    )
    .addOption(
      new Option(
        '--split <NAME>',
        'samples on which it is read (default: validation of a sweep whose test values are closed, else test)',
      ).choices(readSplits),
    )
    .option('--open-test', 'open the test values of all series of a sweep; it is recorded, and captions say it')
    .addOption(ruleOption())
    .addOption(
      new Option('--cost <KIND>', `costs of exits; macs: multiply-adds; ${costsInWords}`)
        .choices(costKinds)
        .default('macs'),
    )
    .option('--budgets <LIST>', "in % of the backbone's cost (default: 25,50,75,100,unlimited)", budgetList)
    .addOption(
      new Option(
        '--reading <NAME>',
        'averaged: one threshold for all seeds, on their mean curve; per-seed: a threshold for each seed',
      )
        .choices(seedReadings)
        .default('averaged'),
    )
    .addOption(
      repeatable(
        new Option(
          '--set <SETTING>',
          'a setting that only this table has, KEY=VALUE, such as delta=0.05 of thresholds; may be repeated',
        ).argParser((setting: string, before: string[] = []) => [...before, setting]),
      ),
    )
    .addOption(new Option('--format <NAME>', 'format of the output').choices(formats).default('text'))
    .option('--json', 'the same as --format json')
    .option('--output <FILE>', 'write the table to a file instead of printing it; -: print it')
    .addOption(
      new Option(
        '--axis <NAME>',
        "cost axis of the figure: share (% of the network's own backbone), or multiply-adds (with another --cost its unit), for networks of different cost",
      )
        .choices(costAxisNames)
        .default('share'),
    )
    .option('--each-seed', 'draw a line for each seed instead of the standard deviation')
    .action((runs: string[], options: CompareOptions) => compare(context, runs, options))
  withFigure(command, 'the figure of the table, or accuracy against cost where it has none', ['axis', 'eachSeed'])
  withExamples(withWorkspace(command), [
    ['exitlab compare quickstart', 'a table for the terminal'],
    ['exitlab compare quickstart --format latex --output table.tex', 'for a paper'],
    ['exitlab compare quickstart --figure curve.pdf --figure-width icml-column', 'a figure for a paper'],
    ['exitlab compare quickstart --table differences', 'significance of differences'],
    ['exitlab compare quickstart --rule scaled-confidence', 'temperature scaling'],
    ['exitlab compare sweep --table variance-shares --budgets 50', 'which settings of a sweep matter'],
    ['exitlab compare quickstart --cost latency', 'against measured milliseconds'],
    [
      'exitlab compare quickstart --table thresholds --set tolerated=0.01,0.03 --set delta=0.05',
      'guarantees of your own',
    ],
    ['exitlab compare --budgets 20,40,unlimited --rule entropy', 'other budgets and exit rule'],
  ])
}

function knownTable(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name
  const near = nearestWord(name, names)
  const meant = near === undefined ? '' : ` Did you mean ${near}?`
  throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.${meant}`)
}

async function compare(context: Context, runs: string[], options: CompareOptions): Promise<void> {
  const purpose = options.openTest ? 'control' : 'read'
  await using connection = await context.connect({ purpose, workspace: options.workspace })
  const { client } = connection
  if (options.openTest) await client.evaluations.openTest({ runs })
  const { table, protocol, split, rule, budgets, reading: seedReading, cost, axis, eachSeed, output } = options
  const query: Query = {
    runs,
    protocol,
    split,
    rule,
    budgets,
    seedReading,
    cost,
    ...tableSettings(table, options.set ?? []),
  }
  const format = options.json ? 'json' : options.format
  const view = viewFor(context, output)
  await noteSameNames(context, client, runs)
  const measured = measuredCost(cost)
  const why = measured ? `they have no ${measured.nouns}` : readings.get(table).info.withoutImports
  const caveats = [
    ...(await noteImportsLeftOut(context, client, { runs, why })),
    ...(await noteCaveats(context, client, runs)),
  ]
  const text = await evaluationText(
    client,
    { of: table, ...query },
    { format, caveats, isFile: !isPrinted(output), ...view },
  )
  if (format.startsWith('csv')) await noteAbout(context, client, { reading: table, question: query })
  const figure = figureOf(table, { ...query, axis, eachSeed })
  const drawn = await drawFigures(options, async (layout) => (await client.exports.figure({ figure, ...layout })).bytes)
  await saveOrPrint(context, text, { output })
  for (const { file, bytes } of drawn) await save(context, bytes, { file })
}

/** Says what the captions of other formats say of all that is compared. */
async function noteAbout(context: Context, client: HostClient, table: ReadingQuery): Promise<void> {
  const { about = [] } = await client.exports.readTable({ table })
  for (const sentence of about) print(context.stderr, `Note: ${sentence}`)
}

/** That of the table where it has one, else accuracy against cost. */
function figureOf(table: string, query: Query & Pick<CompareOptions, 'axis' | 'eachSeed'>): ExportInput {
  const reading = readings.get(table).hasFigure ? table : 'curve'
  return { reading, question: { ...query } }
}
