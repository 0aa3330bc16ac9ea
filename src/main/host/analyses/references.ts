import { distinctBy } from '../../../shared/basics/distinct.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { severalMeant } from '../../../shared/runs/references.ts'
import type { AnalysisRow } from '../../store/analyses.ts'
import type { Store } from '../../store/open.ts'
import { analysisTitle } from '../runs/analysis-title.ts'

/**
 * The analysis that a reference means: its id, or the beginning of it. @throws ExitlabError `not-found`, or `conflict` where it
 * could mean several.
 */
export function oneAnalysis(store: Store, reference: string): AnalysisRow {
  const found = store.analyses.find(reference)
  if (found.length === 1) return found[0]!
  if (found.length === 0) throw unknownAnalysis(reference)
  const lines = found.map((row) => `${row.id.slice(0, 12)}  ${analysisTitle(row)}`)
  throw severalMeant(reference, 'several analyses', lines)
}

export function unknownAnalysis(reference: string): ExitlabError {
  return new ExitlabError('not-found', `There is no analysis ${reference} in this workspace. It may have been deleted.`)
}

/** Each once, in the order of the references. */
export function someAnalyses(store: Store, references: readonly string[]): AnalysisRow[] {
  return distinctBy(
    references.map((each) => oneAnalysis(store, each)),
    ({ id }) => id,
  )
}
