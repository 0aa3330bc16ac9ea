/** A value that enters a contrast: a row at the budget of the test, or at one of its own. */
export interface Term {
  sign: 1 | -1
  /** `mixed`, `mixed, 2L-1024` */
  row: string
  budget?: number
}

const pair = / − /
const pairOfPairs = /^\((.+ − .+)\) − \((.+ − .+)\)$/
const ownBudget = / at ([\d.]+) %$/

/** The terms of `mixed − joint`, `(mixed − mixed at 50 %) − (joint − joint at 50 %)`; null where a text is no contrast. */
export function termsOf(contrast: string): Term[] | null {
  const rows = pairOfPairs.exec(contrast)?.slice(1) ?? [contrast]
  const names = rows.flatMap((each) => each.split(pair))
  if (names.length !== 2 * rows.length) return null
  // What the second pair subtracts is added.
  const signs = [1, -1, -1, 1] as const
  return names.map((name, index) => ({ sign: signs[index]!, ...termOf(name) }))
}

function termOf(name: string): Omit<Term, 'sign'> {
  const percent = ownBudget.exec(name)?.[1]
  return percent === undefined ? { row: name } : { row: name.replace(ownBudget, ''), budget: Number(percent) / 100 }
}

/** A contrast of regimes for one variant of each: `mixed, 1L − joint, 1L`. */
export const ofVariant = (contrast: string, variant: string): string =>
  contrast
    .split(pair)
    .map((name) => `${name}, ${variant}`)
    .join(' − ')
