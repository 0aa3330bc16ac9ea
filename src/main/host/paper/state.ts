import type { PaperRun } from './found-experiment.ts'
import type { AnalysisStatus } from '../../../shared/analysis.ts'
import type { PaperState } from '../../../shared/paper.ts'

type Status = PaperRun['status'] | AnalysisStatus

/** State of everything with these states. */
export function stateOf(statuses: readonly Status[]): PaperState {
  if (statuses.length > 0 && statuses.every((status) => status === 'done')) return 'done'
  if (statuses.some((status) => status === 'queued' || status === 'running')) return 'active'
  return statuses.includes('done') ? 'partial' : 'missing'
}

export function countOf(statuses: readonly Status[]): { all: number; done: number } {
  return { all: statuses.length, done: statuses.filter((status) => status === 'done').length }
}
