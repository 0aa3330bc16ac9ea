import type { MaybeImported } from '../shared/imported.ts'
import type { SeriesMark } from '../shared/table.ts'

/** How a screen shows the series of a row. */
export function seriesMark({
  experiment,
  regime,
  series,
  look,
  imported,
}: Omit<SeriesMark, 'hollow'> & MaybeImported): SeriesMark {
  return { experiment, regime, series, look, hollow: imported !== undefined }
}
