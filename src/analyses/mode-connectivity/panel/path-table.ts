import { pathProfile } from '../profile.ts'
import type { ProfileReading } from '../profile.ts'
import type { RunPair } from '../pairs.ts'
import { lineName, meanStdText, pathDecimals } from '../words.ts'

export interface FigureTable {
  columns: { title: string; numeric?: boolean }[]
  rows: (string | null)[][]
}

/** A path as its figures draw it: a row for each place, a column for each exit and for their mean. */
export function pathTable(pair: RunPair, reading: ProfileReading): FigureTable | null {
  const profile = pathProfile(pair, reading)
  if (profile === null) return null
  const lines = [...profile.exits, profile.mean]
  const nameOf = (row: number) => lineName(row === profile.exits.length ? null : row, profile.exits.length)
  const decimals = pathDecimals(reading.metric) + 1
  return {
    columns: [{ title: 'λ', numeric: true }, ...lines.map((_, row) => ({ title: nameOf(row), numeric: true }))],
    rows: profile.lambdas.map((lambda, place) => [
      lambda.toFixed(3),
      ...lines.map(({ values }) => meanStdText(values[place]!, decimals)),
    ]),
  }
}
