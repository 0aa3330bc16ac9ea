import { openScores, type RunSummary } from '../../../shared/runs/runs.ts'
import { count, plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { withUnit } from '../../../shared/methods/metric.ts'
import { primaryMetric, primaryText } from '../../../shared/methods/task.ts'
import { type Style, progressBar } from '../output/style.ts'
import { right, table } from '../output/table.ts'
import { padRight, widthOf } from '../output/text.ts'
import type { LiveView } from './display.ts'
import { isFinished, type PhaseProgress, type Tracker } from './tracker.ts'
import { runLabel, scoreText, wordsFor } from './words.ts'

/** Runs on a terminal, as lines that fit its height; what is cut at its width is said in fewer words. */
export function liveLines(tracker: Tracker, view: LiveView): string[] {
  const { style } = view
  const several = new Set(tracker.runs.map(({ experimentId }) => experimentId)).size > 1
  const scores = scoreTable(tracker, several, view)
  const room = Math.max(3, view.rows - scores.length - 4)
  return [
    headline(tracker, view),
    ...runLines(tracker, { several, room, columns: view.columns, style }),
    ...(scores.length === 0 ? [] : ['', ...scores]),
  ]
}

function headline({ runs, secondsLeftAtMost }: Tracker, { style, elapsedSeconds }: LiveView): string {
  const names = [...new Set(runs.map(({ experiment }) => experiment))].join(', ')
  const left = secondsLeftAtMost()
  const done = runs.filter(isFinished).length
  const parts = [`${done} of ${plural(runs.length, 'run')} done`, `${duration(elapsedSeconds)} elapsed`]
  if (left !== null && done < runs.length) parts.push(`at most ${duration(left)} left`)
  return `${style.strong(names)}   ${style.faint(parts.join(' · '))}`
}

interface RunLineOptions {
  several: boolean
  /** Lines there are. */
  room: number
  columns: number
  style: Style
}

function runLines(tracker: Tracker, { several, room, columns, style }: RunLineOptions): string[] {
  const shown = mostInteresting(tracker.runs, room)
  const width = Math.max(...shown.map((run) => widthOf(runLabel(run, several))))
  const lines = shown.map((run) => {
    const { mark, word, style: name } = wordsFor(run)
    const label = padRight(runLabel(run, several), width)
    const beginning = `  ${style[name](`${mark} ${padRight(word, 7)}`)}  ${label}  `
    return (beginning + runDetail(tracker, run, { room: columns - widthOf(beginning), style })).trimEnd()
  })
  const hidden = tracker.runs.length - shown.length
  return hidden === 0 ? lines : [...lines, style.faint(`  and ${plural(hidden, 'more run')}`)]
}

/** Running and failed runs first, then queued and finished ones, each in queue order. */
function mostInteresting(runs: readonly RunSummary[], room: number): RunSummary[] {
  const rank = { running: 0, failed: 1, paused: 2, queued: 3, stopped: 4, done: 5 }
  const rankOf = (run: RunSummary) => (run.deleted ? 6 : rank[run.status])
  const kept = new Set(runs.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, room))
  return runs.filter((run) => kept.has(run))
}

interface DetailOptions {
  /** Columns there are. */
  room: number
  style: Style
}

/** `test 84.10 %` */
function finalScore(run: RunSummary): string {
  if (run.scores === null) return ''
  const { split, values } = openScores(run.scores)
  return `${split} ${scoreText(values.at(-1)!, run)}`
}

function runDetail(tracker: Tracker, run: RunSummary, { room, style }: DetailOptions): string {
  if (run.deleted) return ''
  if (run.status === 'failed') return style.bad((run.error ?? '').split('\n')[0]!)
  if (run.status === 'done') return style.faint(finalScore(run))
  const phase = tracker.current(run)
  const trainer = phase?.trainedFor
  if (trainer && trainer.id !== run.id) return style.faint(`${phase.name} trained for ${trainer.name}`)
  if (run.status !== 'running') return ''
  if (phase === undefined) return style.faint('evaluating')
  const step = `${run.phases.indexOf(phase) + 1}/${run.phases.length} ${phase.name}`
  const details = phaseDetails(tracker.phase(phase.id), style).map((detail) => `${step}  ${detail}`)
  return details.find((detail) => widthOf(detail) <= room) ?? details.at(-1)!
}

/** Progress of a phase, from the longest to the shortest text. */
function phaseDetails({ progress }: PhaseProgress, style: Style): string[] {
  if (progress === undefined) return [style.faint('starting')]
  const { batch, batchesPerEpoch, imagesPerSecond } = progress
  const epoch = `epoch ${Math.min(progress.epoch + 1, progress.maxEpochs)}/${progress.maxEpochs}`
  const within = progressBar(batchesPerEpoch === 0 ? 0 : batch / batchesPerEpoch, style)
  const speed = `${count(imagesPerSecond)} samples/s`
  const left = `at most ${duration(progress.secondsLeftAtMost)}`
  return [[epoch, within, speed, left], [epoch, speed, left], [epoch, left], [epoch]].map((parts) => parts.join('  '))
}

/** The primary metric of each exit after the latest epoch, a row for each run that trains; without the deeper exits where there is no room. */
function scoreTable(tracker: Tracker, several: boolean, { style, columns: width }: LiveView): string[] {
  const rows = tracker.runs.flatMap((run) => {
    const phase = run.status === 'running' ? tracker.current(run) : undefined
    const scores = phase === undefined ? [] : tracker.phase(phase.id).scores
    return scores.length === 0 ? [] : [{ run, label: runLabel(run, several), scores }]
  })
  const labels = [...new Set(rows.flatMap(({ scores }) => scores.map(({ label }) => label)))].toSorted(byExit)
  if (rows.length === 0) return []
  return table(
    [
      { header: headerOf(rows.map(({ run }) => run)) },
      ...labels.map((header) => ({ ...right(header), optional: header !== 'final' })),
    ],
    rows.map(({ run, label, scores }) => [
      label,
      ...labels.map((name) => {
        const score = scores.find((each) => each.label === name)
        return score === undefined ? '–' : primaryText(score.value, run)
      }),
    ]),
    { header: style.faint, indent: 2, width, keepsRows: true },
  )
}

/** Column widths common to all runs. */
function headerOf(runs: readonly RunSummary[]): string {
  const words = runs.map((run) => withUnit(`validation ${primaryMetric(run).noun}`, primaryMetric(run)))
  return [...new Set(words)].join(', ')
}

function byExit(a: string, b: string): number {
  const rank = (label: string) => (label === 'final' ? Number.POSITIVE_INFINITY : Number(label.slice('exit '.length)))
  return rank(a) - rank(b)
}
