import type { Command } from 'commander'
import { bestAnswer } from '../../../readings/best/schema.ts'
import { bestSentence } from '../../../readings/best/sentence.ts'
import { readings } from '../../../readings/index.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { noteCaveats, withCaveats } from '../caveats.ts'
import { leftOutSentences } from '../../../shared/evaluation/left-out.ts'
import { experimentReferences } from '../experiment-references.ts'
import { print, printJson, viewOf, type Context } from '../context.ts'
import {
  budgetsOfAKind,
  type Budgets,
  ruleOption,
  withExamples,
  withJson,
  withWorkspace,
  type JsonOption,
  type WorkspaceOption,
} from '../options.ts'
import { tableLines } from '../output/table-lines.ts'

interface BestOptions extends WorkspaceOption, JsonOption {
  budget?: Budgets
  rule?: string
}

export function addBest(program: Command, context: Context): void {
  const command = program
    .command('best')
    .description('the best series at a budget, chosen on validation samples')
    .argument('[RUNS...]', 'runs, experiments or experiment files (default: all finished runs)')
    .option(
      '--budget <LIST>',
      "in % of the backbone's cost, such as 25,50,unlimited, in multiply-adds, such as 20M, or in milliseconds that `exitlab latency` measured, such as 1.5ms (default: 50)",
      budgetsOfAKind,
    )
    .addOption(ruleOption())
    .action((runs: string[], options: BestOptions) => best(context, runs, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab best quickstart --budget 50', 'which regime, and how sure that is'],
    ['exitlab best sweep.yaml', 'the experiment of a file'],
    ['exitlab best sweep.yaml --budget 20M', 'within 20 million multiply-adds a sample'],
  ])
}

async function best(context: Context, given: string[], options: BestOptions): Promise<void> {
  const runs = await experimentReferences(given)
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const { client } = connection
  await noteSameNames(context, client, runs)
  const caveats = await noteCaveats(context, client, runs)
  const { budgets, ...kind } = options.budget ?? { budgets: [0.5] }
  const asked = { reading: 'best', question: { runs, budgets, ...kind, rule: options.rule } }
  const found = await client.readings.ask(asked)
  if (options.json) return printJson(context.stdout, withCaveats(readings.get('best').json(found), caveats))
  const answer = bestAnswer.parse(found)
  const { style, stdout } = context
  print(
    stdout,
    budgets.map((budget) => style.strong(bestSentence(answer, budget))),
  )
  if (answer.atBudgets.every(({ ranking }) => ranking.length === 0)) return print(stdout, leftOutSentences(answer))
  const table = await client.exports.readTable({ table: asked })
  print(stdout, [
    '',
    // The sentences are its caption.
    ...tableLines({ ...table, caption: (table.legend ?? []).join(' '), legend: [] }, viewOf(context)),
  ])
}
