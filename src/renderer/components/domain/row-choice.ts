import type { SeriesMark } from '../../../shared/tables/table.ts'

/** Rows of series, one of which is chosen. */
export interface RowChoice {
  chosen: Pick<SeriesMark, 'experiment' | 'series'> | null
  /** What choosing it does; null: it cannot be chosen. */
  titleOf(series: SeriesMark): string | null
}
