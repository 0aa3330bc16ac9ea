import type { RegimeDifference, RegimeDifferences } from './regime-differences.ts'

/** Two series of one experiment, and their difference at each budget; null where the budget buys nothing in one of them. */
export interface ComparedPair extends Pick<RegimeDifference, 'experiment' | 'first' | 'second'> {
  atBudgets: (RegimeDifference | null)[]
}

/** Each pair once, in the order of the budget that has most of them. */
export function comparedPairs(differences: RegimeDifferences): ComparedPair[] {
  const all = differences.toSorted((a, b) => b.pairs.length - a.pairs.length).flatMap(({ pairs }) => pairs)
  const firsts = new Map(all.map((pair) => [`${pair.experiment}\n${pair.first}\n${pair.second}`, pair]))
  return [...firsts.values()].map(({ experiment, first, second }) => ({
    experiment,
    first,
    second,
    atBudgets: differences.map(({ pairs }) => pairs.find(isPair({ experiment, first, second })) ?? null),
  }))
}

function isPair({ experiment, first, second }: Omit<ComparedPair, 'atBudgets'>) {
  return (pair: RegimeDifference) => pair.experiment === experiment && pair.first === first && pair.second === second
}
