import type { CompareChoice } from '../../composables/compare/use-compare-choice.ts'
import type { ComparedRuns } from '../../composables/compare/use-compared-runs.ts'
import type { ComparisonQuery } from '../../composables/compare/use-comparison.ts'

/** What every board is given. It keeps its own settings in the address (`useAddress`), and emits `change` for the common ones. */
export interface CompareBoardProps {
  choice: CompareChoice
  compared: ComparedRuns
  /** What to ask the host about; null while no compared run is done. */
  query: ComparisonQuery | null
}
