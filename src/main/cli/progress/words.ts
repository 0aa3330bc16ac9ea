import type { RunStatus, RunSummary } from '../../../shared/runs/runs.ts'
import { primaryMetric, primaryText, type OfTask } from '../../../shared/methods/task.ts'
import type { Style } from '../output/style.ts'
import type { ExitScore } from './tracker.ts'

/** A status always has a mark and a word, never colour alone. */
export const statusWords = {
  queued: { mark: '·', word: 'queued', style: 'faint' },
  running: { mark: '▸', word: 'running', style: 'accent' },
  paused: { mark: '‖', word: 'paused', style: 'warn' },
  stopped: { mark: '■', word: 'stopped', style: 'warn' },
  done: { mark: '✓', word: 'done', style: 'good' },
  failed: { mark: '✗', word: 'failed', style: 'bad' },
} as const satisfies Record<RunStatus, { mark: string; word: string; style: keyof Style }>

/** A status as a table shows it. */
export function statusText(status: RunStatus, style: Style): string {
  const { mark, word, style: name } = statusWords[status]
  return style[name](`${mark} ${word}`)
}

const deletedWords = { mark: '–', word: 'deleted', style: 'faint' } as const

/** Status of a watched run, including `deleted`. */
export function wordsFor({ status, deleted }: RunSummary): { mark: string; word: string; style: keyof Style } {
  return deleted ? deletedWords : statusWords[status]
}

/** `joint, seed 1`; with the experiment's name where there are several. */
export function runLabel(run: RunSummary, severalExperiments: boolean): string {
  const label = `${run.series}, seed ${run.seed}`
  return severalExperiments ? `${run.experiment}: ${label}` : label
}

/** The task's primary metric of each exit: `exit 0 71.20, final 84.10 %` */
export function scoresText(scores: readonly ExitScore[], run: OfTask): string {
  const texts = scores.map(({ label, value }) => `${label} ${primaryText(value, run)}`)
  return texts.length === 0 ? '' : behindUnit(texts.join(', '), run)
}

/** A value of the task's primary metric with its unit: `84.10 %` */
export const scoreText = (value: number, run: OfTask): string => behindUnit(primaryText(value, run), run)

const behindUnit = (text: string, run: OfTask) => `${text} ${primaryMetric(run).unit}`.trimEnd()
