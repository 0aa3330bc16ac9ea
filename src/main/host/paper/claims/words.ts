import type { Expectation, Term } from './claim.ts'

/** `mixed − joint`, `(joint, GE − joint, uniform) − (mixed, GE − mixed, uniform)`, `branch-wise − branch-wise at 50 %`. */
export function contrastWords(terms: readonly Term[]): string {
  if (terms.length === 2) return pairWords(terms)
  // The second pair is subtracted, with its signs turned round.
  return `(${pairWords(terms.slice(0, 2))}) − (${pairWords(terms.slice(2))})`
}

function pairWords([first, second]: readonly Term[]): string {
  return `${termWords(first!)} − ${termWords(second!)}`
}

function termWords({ row, budget }: Term): string {
  return budget === undefined ? row : `${row} at ${Number((100 * budget).toFixed(2))} %`
}

/** `≥ 9`, `≤ 0.02`, `within ±1.1`, `9 to 40`. */
export function expectationWords({ low, high }: Expectation): string {
  if (high === Infinity) return `≥ ${number(low)}`
  if (low === -Infinity) return `≤ ${number(high)}`
  return low === -high ? `within ±${number(high)}` : `${number(low)} to ${number(high)}`
}

const number = (value: number) => String(value).replace('-', '−')
