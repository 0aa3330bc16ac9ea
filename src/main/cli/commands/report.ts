import { Option, type Command } from 'commander'
import { protocols } from '../../../shared/evaluation/evaluation.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import type { Context } from '../context.ts'
import { experimentReferences } from '../experiment-references.ts'
import {
  budgetList,
  ruleOption,
  withExamples,
  withJson,
  withWorkspace,
  type JsonOption,
  type WorkspaceOption,
} from '../options.ts'

interface ReportOptions extends WorkspaceOption, JsonOption {
  readings?: string[]
  budget?: (number | null)[]
  protocol: (typeof protocols)[number]
  rule?: string
}

export function addReport(program: Command, context: Context): void {
  const command = program
    .command('report')
    .description('write a report on own runs: figures, tables, settings, checklist (LaTeX, PDF, HTML, Markdown, JSON)')
    .argument('<RUNS_AND_DIR...>', 'runs, experiments or experiment files, then a folder: new, empty, or of a report')
    .usage('[options] <RUNS...> <DIR>')
    .option(
      '--readings <LIST>',
      'what it has, in this order: tables of `exitlab compare` and analyses, such as curve,budgets,loss-landscape (default: all)',
      (list: string) => list.split(',').map((name) => name.trim()),
    )
    .option('--budget <PERCENT>', 'for which its summary says what is best (default: 50)', budgetList)
    .addOption(
      new Option('--protocol <NAME>', 'samples on which thresholds are chosen')
        .choices(protocols)
        .default('validation'),
    )
    .addOption(ruleOption())
    .action(async (given: string[], options: ReportOptions) => {
      const [folder, ...names] = given.toReversed()
      if (names.length === 0) command.error('error: expected runs or experiments, then the folder of the report')
      if ((options.budget?.length ?? 1) !== 1) command.error("error: option '--budget' takes one budget")
      await report(context, { names: names.reverse(), folder: folder! }, options)
    })
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab report quickstart report/', 'everything that can be said'],
    ['exitlab report a.yaml b.yaml report/ --readings curve,differences', 'two experiments, two sections'],
  ])
}

async function report(
  context: Context,
  { names, folder }: { names: readonly string[]; folder: string },
  { readings, budget: [budget] = [], protocol, rule, workspace, json }: ReportOptions,
): Promise<void> {
  const runs = await experimentReferences(names)
  const { saveReport } = await import('../report/save-report.ts')
  await saveReport(context, { folder, json }, async () => {
    await using connection = await context.connect({ purpose: 'read', workspace })
    await noteSameNames(context, connection.client, runs)
    return await connection.client.reports.files({ runs, readings, budget, protocol, rule })
  })
}
