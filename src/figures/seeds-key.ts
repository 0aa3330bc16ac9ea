import type { KeyEntry } from './key.ts'

/** What a regime's line and its band are, by how many seeds each regime has. */
export function seedsKey(counts: readonly number[]): KeyEntry {
  const distinct = [...new Set(counts)]
  const seeds = distinct.length > 1 ? 'seeds' : distinct[0] === 1 ? '1 seed' : `${distinct[0]} seeds`
  return distinct.some((count) => count > 1)
    ? { mark: 'line-with-band', text: `mean ± 1 std over ${seeds}` }
    : { mark: 'line', text: seeds }
}
