import type { PaperExperiment, PaperItem, PaperScale, PaperState, PaperStatus } from '../../../shared/paper/paper.ts'
import { bytes, plural } from '../../../shared/format/numbers.ts'
import { duration, roughly } from '../../../shared/format/times.ts'
import { type Context, print, printJson, viewOf } from '../context.ts'
import type { JsonOption, WorkspaceOption } from '../options.ts'
import type { Style, View } from '../output/style.ts'
import { right, type Column, table } from '../output/table.ts'
import { messageLines } from '../output/text.ts'
import { itemList } from './item-list.ts'

export interface StatusOptions extends WorkspaceOption, JsonOption {
  scale: PaperScale
  items: string[]
  estimate: boolean
}

const stateWords = {
  missing: { mark: '·', word: 'missing', style: 'faint' },
  partial: { mark: '◐', word: 'partial', style: 'warn' },
  active: { mark: '▸', word: 'active', style: 'accent' },
  done: { mark: '✓', word: 'done', style: 'good' },
} as const satisfies Record<PaperState, { mark: string; word: string; style: keyof Style }>

/** Prints what tables and figures need; with `estimate` also the time and disk of the rest. */
export async function printStatus(context: Context, options: StatusOptions): Promise<void> {
  const { scale, items, estimate, workspace, json } = options
  await using connection = await context.connect({ purpose: 'read', workspace })
  const status = await connection.client.paper.status({ scale, items, estimate })
  if (json) return printJson(context.stdout, status)
  const view = { ...viewOf(context), estimate }
  print(context.stdout, statusLines(status, view))
}

type StatusView = View & { estimate: boolean }

function statusLines(status: PaperStatus, view: StatusView): string[] {
  const { strong, faint } = view.style
  const { scale, items, experiments } = status
  const done = items.filter(({ state }) => state === 'done').length
  return [
    `${strong(`The paper at ${scale} scale`)}: ${done} of ${items.length} tables and figures done.`,
    '',
    ...itemTable(status, view),
    '',
    ...experimentTable(experiments, view),
    '',
    ...problemLines(experiments),
    totalLine(status),
    ...(view.estimate ? noteLines(items).map(faint) : []),
  ]
}

function itemTable({ items, experiments }: PaperStatus, { style, width }: View): string[] {
  const columns: Column[] = [
    { header: 'item' },
    { header: 'title' },
    { header: 'state' },
    right('runs'),
    right('analyses'),
    { header: 'experiments', optional: true },
    { header: 'shared with', optional: true },
  ]
  const rows = items.map((item) => [
    item.id,
    item.title,
    stateText(item.state, style),
    ratio(item.runs),
    item.analyses === null ? '–' : ratio(item.analyses),
    item.experiments.join(', '),
    itemList(
      experiments
        .filter(({ file }) => item.experiments.includes(file))
        .flatMap((each) => each.items)
        .filter((id) => id !== item.id),
    ),
  ])
  return table(columns, rows, { header: style.faint, width })
}

function experimentTable(experiments: readonly PaperExperiment[], { style, width, estimate }: StatusView): string[] {
  const columns: Column[] = [
    { header: 'experiment' },
    { header: 'state' },
    right('runs'),
    right('phases'),
    right('trained'),
    ...(estimate ? [right('left at most'), right('disk')] : []),
    { header: 'used by', optional: true },
  ]
  const rows = experiments.map((experiment) => [
    experiment.file,
    stateText(experiment.state, style),
    runsText(experiment),
    ratio(experiment.phases),
    duration(experiment.trainedSeconds),
    ...(estimate ? [timeLeft(experiment.remainingSeconds), diskText(experiment.bytes)] : []),
    itemList(experiment.items),
  ])
  return table(columns, rows, { header: style.faint, width })
}

function stateText(state: PaperState, style: Style): string {
  const { mark, word, style: name } = stateWords[state]
  return style[name](`${mark} ${word}`)
}

const ratio = ({ all, done }: { all: number; done: number }) => `${done}/${all}`
const timeLeft = (seconds: number | null) => (seconds === null ? '–' : duration(seconds))
const diskText = (count: number | null) => (count === null ? '–' : bytes(count))

function runsText({ runs }: PaperExperiment): string {
  const all = Object.values(runs).reduce((sum, count) => sum + count, 0)
  const failed = runs.failed ? `, ${runs.failed} failed` : ''
  return `${runs.done ?? 0}/${all}${failed}`
}

/** Why experiments cannot be trained; those with the same reason together. */
function problemLines(experiments: readonly PaperExperiment[]): string[] {
  const groups = Map.groupBy(
    experiments.filter(({ problem }) => problem !== null),
    ({ problem }) => problem!,
  )
  const lines = [...groups].flatMap(([problem, members]) =>
    messageLines(`${members.map(({ file }) => file).join(', ')}: ${problem}`),
  )
  return lines.length === 0 ? [] : [...lines, '']
}

function totalLine({ total: { runs, phases, remainingSeconds, bytes: disk } }: PaperStatus): string {
  const left = remainingSeconds ? `at most ${roughly(remainingSeconds)}` : 'none'
  const time = remainingSeconds === null ? '' : ` Time left: ${left}.`
  const space = disk === null ? '' : ` Checkpoints: ${bytes(disk)}.`
  return `Together ${runs.done} of ${plural(runs.all, 'run')} and ${phases.done} of ${plural(phases.all, 'distinct phase')} done.${time}${space}`
}

/** What the paper leaves open. */
function noteLines(items: readonly PaperItem[]): string[] {
  const notes = items.flatMap(({ id, note }) => (note === null ? [] : `${id}: ${note}`))
  return notes.length === 0 ? [] : ['', ...notes]
}
