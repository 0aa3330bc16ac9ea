import type { PaperRegime } from '../../../../shared/regime-names.ts'

/** A row of a table: its regime, with its variant where the table has several rows of a regime. */
export type RowName = PaperRegime | `${PaperRegime}, ${string}`

/** A value that enters a contrast: a row at the budget of the test, or at one of its own. */
export interface Term {
  sign: 1 | -1
  row: RowName
  budget?: number
}

/** A signed sum of values. */
export type Contrast = readonly Term[]

/**
 * What a claim says of a contrast, where more is better: the lowest and highest value, in the metric's unit. For a metric that is
 * better when lower both are turned round.
 */
export interface Expectation {
  low: number
  high: number
}

/** One contrast, tested in several tables at several budgets. */
export interface ClaimPart {
  /** Ids of tables. */
  tables: readonly string[]
  /** Fractions of the backbone's cost; null: Unlimited. */
  budgets: readonly (number | null)[]
  contrast: Contrast
  expected: Expectation
}

/** A finding of the paper that values of its tables can bear out or refute. */
export interface Claim {
  id: string
  statement: string
  parts: readonly ClaimPart[]
}

export const atLeast = (low: number): Expectation => ({ low, high: Infinity })
export const atMost = (high: number): Expectation => ({ low: -Infinity, high })
export const within = (margin: number): Expectation => ({ low: -margin, high: margin })
export const between = (low: number, high: number): Expectation => ({ low, high })

/** Where contrasts are tested. */
export type Scope = Pick<ClaimPart, 'tables' | 'budgets'>

/** Each of some contrasts in the same tables at the same budgets; by default none is below 0, so that the first row is the better one. */
export function partsOf(contrasts: readonly Contrast[], scope: Scope, expected = atLeast(0)): ClaimPart[] {
  return contrasts.map((contrast) => ({ ...scope, contrast, expected }))
}

/** `first − second`. */
export function difference(first: RowName, second: RowName): Term[] {
  return [
    { sign: 1, row: first },
    { sign: -1, row: second },
  ]
}

/** What a row gains from a smaller budget to that of the test. */
export function gainSince(budget: number, row: RowName): Term[] {
  return [
    { sign: 1, row },
    { sign: -1, row, budget },
  ]
}

/** By how much the first of two contrasts is larger. */
export function excess(first: Contrast, second: Contrast): Term[] {
  return [...first, ...second.map(({ sign, ...term }): Term => ({ ...term, sign: sign === 1 ? -1 : 1 }))]
}
