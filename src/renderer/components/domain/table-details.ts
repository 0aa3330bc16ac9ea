import type { Table } from '../../../shared/tables/table.ts'
import { intervalScale, type IntervalScale } from './interval-scale.ts'

/** What is shown beside the values of a table with one column. */
export interface TableDetails {
  /** null: no value has an interval. */
  scale: IntervalScale | null
  /** Texts that at least one value has. */
  texts: { title: string; index: number }[]
  /** Columns that they take. */
  width: number
}

export function tableDetails({ details, blocks }: Table, column: number): TableDetails | null {
  if (details === undefined) return null
  const cells = blocks.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells[column] ?? []))
  const given = cells.flatMap(({ detail, values }) => (detail ? [{ ...detail, value: Number(values[0]) }] : []))
  if (given.length === 0) return null
  const texts = details.flatMap((title, index) => (given.some((each) => each.texts[index]) ? [{ title, index }] : []))
  const scale = given.some(({ interval }) => interval) ? intervalScale(given) : null
  return { scale, texts, width: texts.length + Number(scale !== null) }
}
