/** A row as programs read it: `series` where that is not the regime, and nothing of how it is drawn. */
export function seriesJson<Row extends { regime: string | null; series: string; look: number | null }>({
  series,
  look: _,
  ...row
}: Row) {
  return series === row.regime ? row : { ...row, series }
}
