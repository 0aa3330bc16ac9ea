import type { Command } from 'commander'
import type { LogLine, PhaseDetail } from '../../../shared/runs/runs.ts'
import type { RunDetail } from '../../../contract/run-detail.ts'
import { type Context, print, printJson, viewOf } from '../context.ts'
import {
  type JsonOption,
  positiveInteger,
  withExamples,
  withJson,
  withWorkspace,
  type WorkspaceOption,
} from '../options.ts'
import { multiplyAdds, percent } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { objectiveWords } from '../../../shared/methods/objective-words.ts'
import { settingWords } from '../../../shared/experiment/setting-words.ts'
import { precisionWords } from '../../../shared/experiment/precision.ts'
import { primaryMetric, primaryText } from '../../../shared/methods/task.ts'
import { shortHash } from '../../../shared/methods/method-origin.ts'
import { unknownMethodSentence } from '../../../shared/methods/unknown-method.ts'
import type { View } from '../output/style.ts'
import { right, table } from '../output/table.ts'
import { messageLines } from '../output/text.ts'
import { statusText } from '../progress/words.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { noteCaveats } from '../caveats.ts'

interface ShowOptions extends WorkspaceOption, JsonOption {
  log?: number
}

export function addShow(program: Command, context: Context): void {
  const command = program
    .command('show')
    .description('show the phases of a run, and cost and accuracy of its exits')
    .argument('<RUN>', 'run to show')
    .option('--log <LINES>', 'also print the last lines of its log', positiveInteger)
    .action((run: string, options: ShowOptions) => show(context, run, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab show 3f9c2a', 'phases, costs, metrics'],
    ['exitlab show 3f9c2a --log 50', 'with its log'],
    ['exitlab show 3f9c2a --json', 'all fields, with the resolved network and settings'],
  ])
}

async function show(context: Context, run: string, options: ShowOptions): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const { client } = connection
  await noteSameNames(context, client, [run])
  const detail = await client.runs.show({ run })
  const limit = options.log
  const log = limit === undefined ? [] : await client.runs.log({ run: detail.id, from: 'end', limit })
  await noteCaveats(context, client, [detail.id])
  if (options.json) return printJson(context.stdout, limit === undefined ? detail : { ...detail, log })
  print(context.stdout, runLines(detail, viewOf(context)))
  if (log.length > 0) print(context.stdout, ['', context.style.strong('Log'), ...log.flatMap(logLines)])
}

function runLines(run: RunDetail, view: View): string[] {
  const { style } = view
  return [
    `${style.strong(run.name)}  ${statusText(run.status, style)}${run.deleted ? style.warn('  deleted') : ''}`,
    ...(run.error === null ? [] : messageLines(run.error).map(style.bad)),
    ...run.unknownMethods.map((method) => style.warn(unknownMethodSentence(method))),
    ...facts(run).map(([label, value]) => `${style.faint(label.padEnd(11))} ${value}`),
    '',
    ...phaseTable(run.phases, view),
    ...run.phases.flatMap(({ name, settings, objective }) => {
      const words = [settings && settingWords(settings), objective && objectiveWords(objective)].filter(Boolean)
      return settings === undefined ? [] : [style.faint(`${name} of its own: ${words.join(', ')}`)]
    }),
    '',
    ...exitTable(run, view),
  ]
}

function facts(run: RunDetail): [string, string][] {
  const { calibration } = run.file.data
  const seconds = run.phases.reduce((sum, phase) => sum + phase.seconds, 0)
  return [
    ['id', run.id],
    ['experiment', run.experiment],
    ['regime', `${run.series}, seed ${run.seed}`],
    ['data', `${run.file.data.source}, ${run.dataPath}`],
    ...(calibration
      ? [['calibration', `${percent(calibration.fraction)} % of the training samples`] as [string, string]]
      : []),
    ['network', `${run.network.family}, ${run.network.exits.length + 1} exits, ${outputsOf(run)}`],
    ...(run.extensions ?? []).map(({ extension, file, sha256 }): [string, string] => [
      'extension',
      `${extension}, ${file}, sha256 ${shortHash(sha256)}…`,
    ]),
    ['trained', duration(seconds)],
    ['precision', precisionWords(run.file.training)],
    ...(run.tags.length === 0 ? [] : [['tags', run.tags.join(', ')] as [string, string]]),
    ...(run.note === '' ? [] : [['note', run.note] as [string, string]]),
    ...(run.evaluation === null ? [] : [['evaluation', run.evaluation.file] as [string, string]]),
  ]
}

/** A regression has one output, and no classes. */
const outputsOf = ({ network }: RunDetail): string => (network.task ? '1 value' : `${network.classes} classes`)

function phaseTable(phases: readonly PhaseDetail[], { style, width }: View): string[] {
  return table(
    [
      { header: 'phase' },
      { header: 'status' },
      right('epochs'),
      { ...right('kept epoch'), optional: true },
      right('time'),
      { header: 'ended by', optional: true },
      { ...right('shared with'), optional: true },
    ],
    phases.map((phase) => [
      phase.name,
      phase.status,
      `${phase.epochs} of ${phase.maxEpochs}`,
      phase.keptEpoch === null ? '–' : String(phase.keptEpoch),
      duration(phase.seconds),
      phase.ended?.replace('-', ' ') ?? '–',
      phase.shared ? `${phase.runs.length - 1} more` : '–',
    ]),
    { header: style.faint, width },
  )
}

function exitTable({ costs, scores, task }: RunDetail, { style, width }: View): string[] {
  const score = (split: 'validation' | 'test', exit: number) => {
    const value = scores?.[split][exit]
    return value === undefined ? '–' : primaryText(value, { task })
  }
  const { noun, unit } = primaryMetric({ task })
  const measured = unit || noun
  return table(
    [
      { header: 'exit' },
      right('after block'),
      { ...right('cost'), optional: true },
      right('% of backbone'),
      right(`validation ${measured}`),
      right(`test ${measured}`),
    ],
    costs.exits.map(({ exit, block, macs: cost, fraction }) => [
      block === null ? 'final' : String(exit),
      block === null ? 'classifier' : String(block),
      multiplyAdds(cost),
      percent(fraction, 2),
      score('validation', exit),
      score('test', exit),
    ]),
    { header: style.faint, width },
  )
}

function logLines({ at, level, message }: LogLine): string[] {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  return messageLines(`${time}  ${level.padEnd(7)}  ${message}`).map((line) => `  ${line}`)
}
