import type { ComparisonQuery } from '../../composables/compare/use-comparison.ts'

/** What the panel of every reading is given. */
export interface ReadingPanelProps {
  query: ComparisonQuery
}
