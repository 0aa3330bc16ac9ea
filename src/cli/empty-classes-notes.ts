import { emptyClassesSentences } from '../shared/empty-classes.ts'
import type { RunSummary } from '../shared/runs.ts'

/** What the values of some runs say nothing of: each sentence once, with the experiment where not all say the same. */
export function emptyClassesNotes(runs: readonly Pick<RunSummary, 'experiment' | 'emptyClasses'>[]): string[] {
  const isOfOne = new Set(runs.map(({ experiment }) => experiment)).size === 1
  const notes = runs.flatMap(({ experiment, emptyClasses }) =>
    emptyClassesSentences(emptyClasses).map((sentence) => `Note: ${isOfOne ? '' : `${experiment}: `}${sentence}`),
  )
  return [...new Set(notes)]
}
