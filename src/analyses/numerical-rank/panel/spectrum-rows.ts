import type { SpectrumData } from '../figure/spectrum-lines.ts'
import { scientific } from '../../../shared/format/numbers.ts'

/** A spectrum as a table: a row for each index, each series' value relative to its largest in a column. */
export function spectrumRows({ lines }: SpectrumData) {
  const places = new Set(lines.flatMap(({ points }) => points.map(({ index }) => index)))
  return {
    columns: [{ title: 'Place', numeric: true }, ...lines.map(({ series }) => ({ title: series, numeric: true }))],
    rows: [...places]
      .toSorted((a, b) => a - b)
      .map((place) => [
        String(place),
        ...lines.map(({ points }) => {
          const point = points.find(({ index }) => index === place)
          return point ? scientific(10 ** point.mean) : null
        }),
      ]),
  }
}
