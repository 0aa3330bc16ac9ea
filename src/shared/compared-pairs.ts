import { regimeNames } from './regime-names.ts'
import type { RegimeDifference, RegimeDifferences } from './regime-differences.ts'

/** Two regimes of one experiment, and their difference at each budget; null where the budget buys nothing in one of them. */
export interface ComparedPair extends Pick<RegimeDifference, 'experiment' | 'first' | 'second'> {
  atBudgets: (RegimeDifference | null)[]
}

/** Each pair once, by experiment (in the order they come) and regimes (in the paper's order). */
export function comparedPairs(differences: RegimeDifferences): ComparedPair[] {
  const all = differences.flatMap(({ pairs }) => pairs)
  const experiments = [...new Set(all.map(({ experiment }) => experiment))]
  return experiments.flatMap((experiment) =>
    regimeNames.flatMap((first) =>
      regimeNames.flatMap((second) => {
        const atBudgets = differences.map(({ pairs }) => pairs.find(isPair({ experiment, first, second })) ?? null)
        return atBudgets.some((pair) => pair !== null) ? [{ experiment, first, second, atBudgets }] : []
      }),
    ),
  )
}

function isPair({ experiment, first, second }: Omit<ComparedPair, 'atBudgets'>) {
  return (pair: RegimeDifference) => pair.experiment === experiment && pair.first === first && pair.second === second
}
