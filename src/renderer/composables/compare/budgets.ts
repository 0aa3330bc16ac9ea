import { computed, ref, type WritableComputedRef } from 'vue'
import type { BudgetRow } from '../../../readings/budgets/schema.ts'

/** Most budgets that a table has room for. */
export const mostBudgets = 8

/** Parses a budget in % of the backbone's cost: `37.5`, `37,5 %`. null if invalid. */
export function budgetOf(text: string): number | null {
  const trimmed = text.trim().replace(/\s*%$/, '').replace(',', '.')
  if (!/^\d+(\.\d+)?$/.test(trimmed)) return null
  const percent = Number(trimmed)
  return percent > 0 && percent <= 1000 ? rounded(percent / 100) : null
}

/** Without one; the last one stays. */
export function withoutBudget(budgets: readonly (number | null)[], budget: number | null): (number | null)[] {
  return budgets.length === 1 ? [...budgets] : budgets.filter((each) => each !== budget)
}

/** The wanted budget, by default 50 % if a series has a threshold within it, else the first with one. */
export function shownBudget(
  wanted: number | null | undefined,
  budgets: readonly (number | null)[],
  rows: readonly Pick<BudgetRow, 'cells'>[],
): number | null {
  if (wanted !== undefined && budgets.includes(wanted)) return wanted
  const isReached = (index: number) => rows.length === 0 || rows.some(({ cells }) => cells[index])
  const reached = budgets.filter((_, index) => isReached(index))
  return reached.includes(0.5) ? 0.5 : [...reached, ...budgets][0]!
}

/** The budget of panels of one, as it is chosen there. */
export function useShownBudget(
  budgets: () => readonly (number | null)[],
  rows: () => readonly Pick<BudgetRow, 'cells'>[],
): WritableComputedRef<number | null> {
  const wanted = ref<number | null>()
  return computed({ get: () => shownBudget(wanted.value, budgets(), rows()), set: (value) => (wanted.value = value) })
}

/** `25 %`, `37.5 %`, `Unlimited` */
export function budgetName(budget: number | null): string {
  return budget === null ? 'Unlimited' : `${Number((100 * budget).toFixed(2))} %`
}

/** Two decimals of a percent, as exports head their columns. */
function rounded(fraction: number): number {
  return Number(fraction.toFixed(4))
}
