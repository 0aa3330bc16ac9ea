import { duration } from '../../../../shared/format/times.ts'
import type { PaperExperiment } from '../../../../shared/paper/paper.ts'

/** As they are told: what is done first. */
const order = ['done', 'running', 'queued', 'paused', 'stopped', 'failed', 'missing'] as const

/** `18 done, 2 running, 1 missing` */
export function runsWords({ runs }: Pick<PaperExperiment, 'runs'>): string {
  const parts = order.flatMap((status) => (runs[status] ? [`${runs[status]} ${status}`] : []))
  return parts.length === 0 ? 'no runs' : `runs: ${parts.join(', ')}`
}

/** `trained in 3 h 10 min, at most 20 min left` */
export function timeWords({ trainedSeconds, remainingSeconds, phases }: PaperExperiment): string {
  const isDone = phases.done === phases.all
  return [
    ...(trainedSeconds > 0 ? [`trained for ${duration(trainedSeconds)}`] : []),
    ...(isDone || remainingSeconds === null ? [] : [`at most ${duration(remainingSeconds)} left`]),
  ].join(', ')
}
