import type { RunStatus, RunSummary } from '../../../shared/runs.ts'
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

const deletedWords = { mark: '–', word: 'deleted', style: 'faint' } as const

/** The words for a run that is being watched, which somebody may delete. */
export function wordsFor({ status, deleted }: RunSummary): { mark: string; word: string; style: keyof Style } {
  return deleted ? deletedWords : statusWords[status]
}

/** `joint, seed 1`; with the experiment's name where there are several. */
export function runLabel(run: RunSummary, severalExperiments: boolean): string {
  const label = `${run.series}, seed ${run.seed}`
  return severalExperiments ? `${run.experiment}: ${label}` : label
}

/** `71.20  78.91  84.10 %`, or with labels `exit 0 71.20, final 84.10 %` */
export function scoreText(scores: readonly ExitScore[]): string {
  return scores.length === 0
    ? ''
    : `${scores.map(({ label, accuracy }) => `${label} ${(100 * accuracy).toFixed(2)}`).join(', ')} %`
}
