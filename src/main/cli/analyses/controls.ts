import { analyses } from '../../../readings/analyses/index.ts'
import { Option, type Command } from 'commander'
import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import type { HostClient } from '../../../contract/index.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { unknownMethodSentence } from '../../../shared/methods/unknown-method.ts'
import { print, printJson, viewOf, type Context } from '../context.ts'
import { withExamples, withJson, withWorkspace, type JsonOption, type WorkspaceOption } from '../options.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import type { View } from '../output/style.ts'
import { right, table } from '../output/table.ts'
import { statusText } from '../progress/words.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { shortIds } from '../../../shared/runs/short-ids.ts'
import { resultsIn, analysisJson, analysisLines } from './output.ts'
import { analysisLabels } from './labels.ts'

type Options = WorkspaceOption & JsonOption

/** list, show, pause, resume and delete of `exitlab analyse`. */
export function addAnalysisControls(group: Command, context: Context): void {
  addList(group, context)
  addShow(group, context)
  for (const control of controls) addControl(group, context, control)
}

function addList(group: Command, context: Context): void {
  const command = group
    .command('list')
    .description('list analyses, newest first')
    .argument('[RUNS...]', 'only analyses of these runs or experiments')
    .addOption(new Option('--kind <NAME>', 'only this analysis').choices(analyses.names()))
    .action((runs: string[], options: Options & { kind?: string }) => list(context, runs, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab analyse list', 'all'],
    ['exitlab analyse list quickstart --kind loss-landscape', 'one analysis of one experiment'],
  ])
}

async function list(context: Context, runs: string[], options: Options & { kind?: string }): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const { client } = connection
  await noteSameNames(context, client, runs)
  const analyses = await client.analyses.list({ runs, kind: options.kind })
  if (options.json) return printJson(context.stdout, analyses)
  if (analyses.length === 0) return print(context.stdout, 'No analyses.')
  print(context.stdout, analysisTable(analyses, viewOf(context)))
}

function analysisTable(analyses: readonly AnalysisSummary[], { style, width }: View) {
  const short = shortIds(analyses.map(({ id }) => id))
  const label = analysisLabels(analyses.map(({ runs }) => ({ runs })))
  return table(
    [
      { header: 'id' },
      { header: 'kind' },
      { header: 'runs' },
      { header: 'status' },
      { ...right('parts'), optional: true },
      { ...right('time'), optional: true },
    ],
    analyses.map((analysis) => [
      short.get(analysis.id)!,
      analysis.kind,
      label({ runs: analysis.runs }),
      statusText(analysis.status, style),
      analysis.total === 0 ? '–' : `${analysis.done}/${analysis.total}`,
      duration(analysis.seconds),
    ]),
    { header: style.faint, width },
  )
}

function addShow(group: Command, context: Context): void {
  const command = group
    .command('show')
    .description('print the result of an analysis, or its partial result')
    .argument('<ANALYSIS>', 'its id, or the beginning of the id')
    .action((analysis: string, options: Options) => show(context, analysis, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab analyse show 8c1f04', 'by an id of `exitlab analyse list`'],
  ])
}

async function show(context: Context, analysis: string, options: Options): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const shown = await connection.client.analyses.show({ analysis })
  const { kind } = shown.analysis
  if (shown.result === null) throw nothingFound(shown.analysis)
  const isKnown = analyses.has(kind)
  if (options.json) return printJson(context.stdout, analysisJson(kind, isKnown ? resultsIn([shown]) : [shown]))
  if (!isKnown) return print(context.stdout, unknownLines(shown.analysis))
  const view = viewOf(context)
  print(context.stdout, await analysisLines(connection.client, { kind, answers: resultsIn([shown]) }, view))
}

/** An analysis that another version stored: this one does not know what its result means. */
function unknownLines({ id, kind, runs, status }: AnalysisSummary): string[] {
  return [
    `${kind} of ${runs.map(({ name }) => name).join(' and ')}: ${status}`,
    unknownMethodSentence({ kind: 'analysis', name: kind }),
    `Print its result as it is stored with: exitlab analyse show ${id.slice(0, 12)} --json`,
  ]
}

function nothingFound({ status, error }: AnalysisSummary): ExitlabError {
  if (status === 'failed') return new ExitlabError('conflict', `It failed: ${error ?? 'no error message'}`)
  return new ExitlabError('conflict', `It is ${status} and has no result yet.`)
}

interface Control {
  name: string
  description: string
  /** Past participle for the output: `paused`. */
  done: string
  call: (client: HostClient, analyses: string[]) => Promise<{ analyses: readonly (AnalysisSummary | string)[] }>
}

const controls: readonly Control[] = [
  {
    name: 'pause',
    description: 'pause analyses; finished parts are kept',
    done: 'paused',
    call: (client, analyses) => client.analyses.pause({ analyses }),
  },
  {
    name: 'resume',
    description: 'put paused or failed analyses back into the queue',
    done: 'resumed',
    call: (client, analyses) => client.analyses.resume({ analyses }),
  },
  {
    name: 'delete',
    description: 'delete analyses with their results',
    done: 'deleted',
    call: (client, analyses) => client.analyses.delete({ analyses }),
  },
]

function addControl(group: Command, context: Context, control: Control): void {
  const command = group
    .command(control.name)
    .description(control.description)
    .argument('<ANALYSES...>', 'ids, or the beginnings of ids')
    .action((analyses: string[], options: Options) => apply(context, control, { analyses, options }))
  withExamples(withJson(withWorkspace(command)), [[`exitlab analyse ${control.name} 8c1f04`, 'one analysis']])
}

async function apply(
  context: Context,
  { call, done }: Control,
  { analyses, options }: { analyses: string[]; options: Options },
): Promise<void> {
  await using connection = await context.connect({ purpose: 'control', workspace: options.workspace })
  const changed = (await call(connection.client, analyses)).analyses
  if (options.json) return printJson(context.stdout, changed)
  const ids = shortIds(changed.map((each) => (typeof each === 'string' ? each : each.id)))
  const count = plural(changed.length, 'analysis', 'analyses')
  print(context.stdout, `${count} ${done}: ${[...ids.values()].join(', ')}`)
}
