import { shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { useAnswer } from '../use-answer.ts'

export interface Growing<Row> {
  rows: ShallowRef<readonly Row[]>
  loading: Ref<boolean>
  error: Ref<string | null>
  /** Takes in rows that arrived by themselves; those that are known already are left out. */
  add(rows: readonly Row[]): void
  /** Fetches what came after the last known row. */
  refresh(): Promise<void>
}

export interface GrowingOptions<Row> {
  /** What the rows belong to; null: nothing yet. */
  of: () => string | null
  /** Rows after a cursor, ascending; 0: from the beginning. */
  fetch(of: string, after: number): Promise<readonly Row[]>
  cursor(row: Row): number
  /** Older rows than so many are let go. */
  atMost: number
}

/** Rows of something that only ever grows, such as a log: only what is not known yet is fetched. */
export function useGrowing<Row>({ of, fetch, cursor, atMost }: GrowingOptions<Row>): Growing<Row> {
  const rows = shallowRef<readonly Row[]>([])
  let held: { of: string | null; rows: readonly Row[] } = { of: null, rows: [] }
  const last = () => (held.rows.length === 0 ? 0 : cursor(held.rows.at(-1)!))

  function add(more: readonly Row[]): void {
    const newer = more.filter((row) => cursor(row) > last())
    if (newer.length > 0) held = { ...held, rows: [...held.rows, ...newer].slice(-atMost) }
    rows.value = held.rows
  }

  const { loading, error, refresh } = useAnswer(() => {
    const wanted = of()
    if (wanted !== held.of) {
      held = { of: wanted, rows: [] }
      rows.value = []
    }
    if (wanted === null) return null
    return fetch(wanted, last()).then((more) => {
      if (held.of === wanted) add(more)
    })
  })
  return { rows, loading, error, add, refresh }
}
