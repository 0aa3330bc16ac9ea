import type { MaybeImported } from '../shared/runs/imported.ts'
import { identityOf, type SeriesIdentity } from '../shared/experiment/series-identity.ts'
import type { SeriesMark } from '../shared/tables/table.ts'

/** How a screen shows the series of a row. */
export const seriesMark = (row: SeriesIdentity & MaybeImported): SeriesMark => ({
  ...identityOf(row),
  hollow: row.imported !== undefined,
})
