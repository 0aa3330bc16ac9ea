import { regimeNames } from '../shared/regime-names.ts'
import type { RegimeName } from '../shared/phase.ts'

/** What one run's analysis gave. */
export interface RunResult<Result> {
  regime: RegimeName
  seed: number
  result: Result
  /** Whether it is complete: while it is computed there are fewer blocks. */
  whole: boolean
}

/** The results of one regime, one a seed. */
export interface RegimeResults<Result> {
  regime: RegimeName
  /** Ascending. */
  seeds: number[]
  /** In the order of the seeds. */
  results: Result[]
  /** Whether they are complete. */
  whole: boolean
}

/**
 * Results by regime, in the regimes' usual order. Complete ones count alone where a regime has one, so that no mean is over
 * other seeds at one block than at the next.
 */
export function regimeResults<Result>(all: readonly RunResult<Result>[]): RegimeResults<Result>[] {
  return regimeNames.flatMap((regime): RegimeResults<Result>[] => {
    const members = all.filter((each) => each.regime === regime)
    const complete = members.filter(({ whole }) => whole)
    const counted = (complete.length > 0 ? complete : members).toSorted((a, b) => a.seed - b.seed)
    if (counted.length === 0) return []
    return [
      {
        regime,
        seeds: counted.map(({ seed }) => seed),
        results: counted.map(({ result }) => result),
        whole: complete.length > 0,
      },
    ]
  })
}

/** The blocks that all results of a regime have, ascending, each with what they say of it in the order of the seeds. */
export function sharedBlocks<Block extends { block: number }>(
  results: readonly { blocks: readonly Block[] }[],
): { block: number; values: Block[] }[] {
  const byBlock = Map.groupBy(
    results.flatMap(({ blocks }) => blocks),
    ({ block }) => block,
  )
  return [...byBlock]
    .filter(([, values]) => values.length === results.length)
    .map(([block, values]) => ({ block, values }))
    .toSorted((a, b) => a.block - b.block)
}
