import { type Command, Option } from 'commander'
import { type PaperScale, paperScales } from '../../../shared/paper/paper.ts'
import type { Context, Finish } from '../context.ts'
import {
  type JsonOption,
  withDevice,
  withExamples,
  withJson,
  withParallel,
  withWorkspace,
  type WorkspaceOption,
} from '../options.ts'
import { formats } from '../evaluation-text.ts'
import type { PaperRunOptions } from '../paper/run.ts'
import type { TablesOptions } from '../paper/tables.ts'
import { withHelpCommand } from './help.ts'

interface PaperOptions extends WorkspaceOption {
  scale: PaperScale
}

/** `paper plan|status|run`: the tables and figures of the paper as one thing. */
export function addPaper(program: Command, context: Context, finish: Finish): void {
  const group = program
    .command('paper')
    .usage('COMMAND [ITEMS...]')
    .description('plan and train the experiments of the paper, and make its tables and figures')
  addPaperPlan(group, context)
  addPaperStatus(group, context)
  addPaperRun(group, context, finish)
  addPaperTables(group, context)
  addPaperFigures(group, context)
  addPaperReport(group, context)
  addPaperJoin(group, context)
  withHelpCommand(group)
  withExamples(group, [
    ['exitlab paper plan --scale desk', 'what each table and figure needs, hours and disk'],
    ['exitlab paper run --scale desk', 'train and analyse what is missing; Ctrl-C pauses'],
    ['exitlab paper status table-8 figure-7', 'what is done of some of them'],
  ])
}

const scaleOption = () =>
  new Option('--scale <NAME>', 'paper: the settings of the paper; desk: the same experiments for two cores')
    .choices(paperScales)
    .default('paper')

const withItems = (command: Command) =>
  withWorkspace(
    command
      .argument('[ITEMS...]', 'tables and figures, such as table-8 or figure-3 (default: all)')
      .addOption(scaleOption()),
  )

function addPaperPlan(group: Command, context: Context): void {
  const command = group
    .command('plan')
    .description('print what tables and figures need, what is done, and the time and disk that the rest needs')
    .action(async (items: string[], options: PaperOptions & JsonOption) => {
      const { printStatus } = await import('../paper/status.ts')
      await printStatus(context, { items, ...options, estimate: true })
    })
  withExamples(withJson(withItems(command)), [
    ['exitlab paper plan --scale desk', 'times a few steps of each network'],
    ['exitlab paper plan table-8 --json', 'for scripts'],
  ])
}

function addPaperStatus(group: Command, context: Context): void {
  const command = group
    .command('status')
    .description('print what tables and figures need and what is done')
    .action(async (items: string[], options: PaperOptions & JsonOption) => {
      const { printStatus } = await import('../paper/status.ts')
      await printStatus(context, { items, ...options, estimate: false })
    })
  withExamples(withJson(withItems(command)), [['exitlab paper status --scale desk', 'without timing anything']])
}

function addPaperRun(group: Command, context: Context, finish: Finish): void {
  const command = group
    .command('run')
    .description('train and analyse what tables and figures lack; the same command continues')
    .option('--quiet', 'print problems only')
    .action(async (items: string[], options: PaperRunOptions) => {
      const { runPaper } = await import('../paper/run.ts')
      finish(await runPaper(context, { ...options, items }))
    })
  withExamples(withItems(withDevice(withParallel(command))), [
    ['exitlab paper run --scale desk', 'everything, as many runs at once as the machine allows'],
    ['exitlab paper run table-8', 'what one table needs'],
  ])
}

function addPaperTables(group: Command, context: Context): void {
  const command = group
    .command('tables')
    .description('print tables with published and own values')
    .addOption(new Option('--format <NAME>', 'format of the output').choices(formats).default('text'))
    .option('--json', 'the same as --format json')
    .option('--output <DIR>', 'write a file for each table into this folder instead of printing them')
    .action(async (items: string[], options: TablesOptions) => {
      const { printTables } = await import('../paper/tables.ts')
      await printTables(context, { ...options, items })
    })
  withExamples(withItems(command), [
    ['exitlab paper tables table-8 --scale desk', 'one table; † where own values have another setting'],
    ['exitlab paper tables --scale desk --format latex --output tables/', 'all of them for a paper'],
  ])
}

function addPaperFigures(group: Command, context: Context): void {
  const command = group
    .command('figures')
    .description('write the figures that are done as SVG and PDF, and say which are missing and why')
    .argument('<DIR>', 'folder of the files; made if it is missing')
    .action(async (folder: string, items: string[], options: PaperOptions & JsonOption) => {
      const { writeFigures } = await import('../paper/figures.ts')
      await writeFigures(context, folder, { ...options, items })
    })
  withExamples(withJson(withItems(command)), [
    ['exitlab paper figures figures/ --scale desk', 'all that are done'],
    ['exitlab paper figures figures/ figure-3', 'one of them'],
  ])
}

function addPaperReport(group: Command, context: Context): void {
  const command = group
    .command('report')
    .description(
      'write a report: tables, figures and claims of the paper, published and own (LaTeX, PDF, HTML, Markdown, JSON)',
    )
    .argument('<DIR>', 'new or empty folder, or that of an earlier report')
    .action(async (folder: string, items: string[], options: PaperOptions & JsonOption) => {
      const { scale, workspace, json } = options
      const { saveReport } = await import('../report/save-report.ts')
      await saveReport(context, { folder, json }, async () => {
        await using connection = await context.connect({ purpose: 'read', workspace })
        return await connection.client.paper.files({ scale, items })
      })
    })
  withExamples(withJson(withItems(command)), [
    ['exitlab paper report report/ --scale desk', 'of everything that is done'],
    ['exitlab paper report report/ table-8 figure-7', 'of some of it'],
  ])
}

function addPaperJoin(group: Command, context: Context): void {
  const command = group
    .command('join')
    .description(
      'write one report of several, each of tables and figures that were trained in a workspace of their own',
    )
    .argument('<DIR>', 'new or empty folder, or that of an earlier report')
    .argument('<REPORTS...>', 'folders that `exitlab paper report` wrote')
    .action(async (folder: string, reports: string[], options: WorkspaceOption & JsonOption) => {
      const { joinReports } = await import('../paper/join.ts')
      await joinReports(context, folder, { ...options, reports })
    })
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab paper join report/ resnets/ transformers/', 'of two machines that trained some tables each'],
  ])
}
