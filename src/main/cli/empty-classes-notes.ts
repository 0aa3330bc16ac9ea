import { emptyClassesOfRuns } from '../../shared/empty-classes.ts'
import type { RunSummary } from '../../shared/runs.ts'

export const emptyClassesNotes = (runs: readonly Pick<RunSummary, 'experiment' | 'emptyClasses'>[]): string[] =>
  emptyClassesOfRuns(runs).map((sentence) => `Note: ${sentence}`)
