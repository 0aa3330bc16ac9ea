import type { HostEvent } from '../../../shared/phases/events.ts'
import { exitAt, exitName } from '../../../shared/evaluation/exit-id.ts'
import { count } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { openScores, type RunSummary } from '../../../shared/runs/runs.ts'
import type { Tracker } from './tracker.ts'
import { runLabel, scoresText, wordsFor } from './words.ts'

/** Progress as lines for logs and pipes: one for each epoch and each change of a run. Passes each event on to the tracker. */
export function plainLines(tracker: Tracker): (event: HostEvent) => string[] {
  const several = new Set(tracker.runs.map(({ experimentId }) => experimentId)).size > 1
  const runOf = (event: HostEvent) => {
    if (event.type === 'run') return tracker.find(event.run.id)
    return event.type === 'purged' ? tracker.find(event.run) : undefined
  }
  return (event) => {
    const before = runOf(event)
    if (!tracker.apply(event)) return []
    if (event.type === 'epoch') return [epochLine(tracker, event, several)]
    const run = runOf(event)
    if (run === undefined || wordsFor(run).word === wordsFor(before!).word) return []
    return [`${runLabel(run, several)}: ${wordsFor(run).word}${detailOf(run)}`]
  }
}

function detailOf(run: RunSummary): string {
  if (run.deleted) return ''
  if (run.status === 'failed') return `: ${run.error ?? 'no error message'}`
  return run.status === 'done' ? finalScores(run) : ''
}

function epochLine(tracker: Tracker, event: Extract<HostEvent, { type: 'epoch' }>, several: boolean): string {
  const run = tracker.about(event)!
  const phase = run.phases.find(({ id }) => id === event.phase)
  const { scores } = tracker.phase(event.phase)
  const left = tracker.secondsLeftAtMost()
  return [
    `${runLabel(run, several)}: ${phase?.name ?? event.phase}`,
    `epoch ${event.record.epoch} of ${event.maxEpochs}`,
    `${count(event.record.imagesPerSecond)} samples/s`,
    `validation ${scoresText(scores, run)}`,
    ...(left === null ? [] : [`at most ${duration(left)} left`]),
  ].join(' | ')
}

function finalScores(run: RunSummary): string {
  if (run.scores === null) return ''
  const { split, values } = openScores(run.scores)
  const scores = values.map((value, exit) => ({ label: exitName(exitAt(exit, values.length - 1)), value }))
  return `, ${split} ${scoresText(scores, run)}`
}
