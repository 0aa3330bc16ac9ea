import { emptyClassesOfRuns } from '../../shared/evaluation/empty-classes.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'

export const emptyClassesNotes = (runs: readonly Pick<RunSummary, 'experiment' | 'emptyClasses'>[]): string[] =>
  emptyClassesOfRuns(runs).map(({ sentence }) => `Note: ${sentence}`)
