import { analyses } from '../../../readings/analyses/index.ts'
import { Option, type Command } from 'commander'
import { analysisOptions, flagOf, parametersOf } from '../analyses/analysis-options.ts'
import { addAnalysisControls } from '../analyses/controls.ts'
import { analysisFigure, analysisText } from '../analyses/output.ts'
import { calledAs, type Context, type Finish } from '../context.ts'
import { formats, type Format } from '../evaluation-text.ts'
import { drawFigures, withFigure, type FigureOptions } from '../figure-options.ts'
import { withDevice, withExamples, withWorkspace, type WorkspaceOption } from '../options.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { save, saveOrPrint, viewFor } from '../save.ts'
import { withHelpCommand } from './help.ts'
import { quoted } from '../../../shared/text/shell-word.ts'
import { workspaceArgument } from './run.ts'

interface AnalyseOptions extends WorkspaceOption, FigureOptions {
  device?: string
  quiet?: boolean
  format: Format
  json?: boolean
  output?: string
}

/** `analyse KIND RUNS…`, and what else can be done with analyses. */
export function addAnalyse(program: Command, context: Context, finish: Finish): void {
  const group = program.command('analyse').usage('KIND RUNS...').description('analyse trained runs')
  for (const kind of analyses.names()) addKind(group, context, { kind, finish })
  addAnalysisControls(group, context)
  withHelpCommand(group)
  withExamples(group, [
    ['exitlab analyse mode-connectivity quickstart', 'barriers between its runs'],
    ['exitlab analyse numerical-rank quickstart --figure rank.pdf', 'a table, and a figure'],
    ['exitlab analyse loss-landscape --help', 'parameters of one analysis'],
    ['exitlab analyse list', 'all queued and finished analyses'],
  ])
}

interface Kind {
  kind: string
  finish: Finish
}

function addKind(group: Command, context: Context, { kind, finish }: Kind): void {
  const { sentence, runs } = analyses.get(kind).info
  const what = runs === 2 ? 'runs or experiments; every pair of runs is analysed' : 'runs or experiments'
  const command = group.command(kind).summary(inShort(sentence)).description(sentence).argument('<RUNS...>', what)
  for (const option of analysisOptions(kind)) command.addOption(option)
  command
    .option('--quiet', 'print the result and problems only')
    .addOption(new Option('--format <NAME>', 'format of the output').choices(formats).default('text'))
    .option('--json', 'the same as --format json')
    .option('--output <FILE>', 'write the result to a file instead of printing it; -: print it')
    .action((references: string[], options: AnalyseOptions) =>
      analyse(context, { kind, references, options, given: givenParameters(command, kind), finish }),
    )
  withFigure(withDevice(command), 'it')
  withExamples(withWorkspace(command), [
    [`exitlab analyse ${kind} quickstart`, 'Ctrl-C pauses; the same command resumes'],
    [`exitlab analyse ${kind} quickstart --format json --output ${kind}.json`, 'for other programs'],
  ])
}

/** The first clause of a sentence, as lists of commands have it. */
function inShort(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).split(/[:.]/)[0]
}

/** Parameters given on the command line. */
function givenParameters(command: Command, kind: string): Record<string, unknown> {
  const given = Object.entries(command.opts()).filter(([key]) => command.getOptionValueSource(key) === 'cli')
  return parametersOf(kind, Object.fromEntries(given))
}

interface AnalyseRequest extends Kind {
  references: string[]
  options: AnalyseOptions
  /** Parameters given on the command line. */
  given: Record<string, unknown>
}

async function analyse(context: Context, { kind, references, options, given, finish }: AnalyseRequest): Promise<void> {
  // Loaded only here to keep other commands fast.
  const { followAnalyses } = await import('../follow-analyses.ts')
  const { workspace, device, output, quiet = false } = options
  await using connection = await context.connect({ purpose: 'analyse', workspace, device })
  const { client } = connection
  await noteSameNames(context, client, references)
  const question = { kind, runs: references, parameters: given }
  await client.analyses.ask(question)
  const { exitCode, done } = await followAnalyses(context, client, {
    questions: [question],
    quiet,
    again: again(context, { kind, references, options, given }),
  })
  finish(exitCode)
  if (done.length === 0) return
  context.workDone()
  const view = viewFor(context, output)
  const format = options.json ? 'json' : options.format
  const text = await analysisText(client, { kind, analyses: done }, { format, ...view })
  const drawn = await drawFigures(options, (layout) => analysisFigure(client, { kind, analyses: done }, layout))
  await saveOrPrint(context, text, { output, quiet })
  for (const { file, bytes } of drawn) await save(context, bytes, { file, quiet })
}

/** The command that resumes the same request. */
function again(context: Context, { kind, references, options, given }: Omit<AnalyseRequest, 'finish'>): string {
  const settings = Object.entries(given).map(([key, value]) => ` ${flagOf(key)} ${quoted(wordOf(value))}`)
  const device = options.device ? ` --device ${options.device}` : ''
  const words = ['analyse', kind, ...references.map(quoted)].join(' ')
  return `${calledAs(context)} ${words}${settings.join('')}${workspaceArgument(options)}${device}`
}

function wordOf(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}
