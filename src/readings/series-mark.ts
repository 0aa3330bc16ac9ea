import type { MaybeImported } from '../shared/imported.ts'
import { identityOf, type SeriesIdentity } from '../shared/series-identity.ts'
import type { SeriesMark } from '../shared/table.ts'

/** How a screen shows the series of a row. */
export const seriesMark = (row: SeriesIdentity & MaybeImported): SeriesMark => ({
  ...identityOf(row),
  hollow: row.imported !== undefined,
})
