/** Adds a budget: ascending, Unlimited last; unchanged if it is already included. */
export function withBudget(budgets: readonly (number | null)[], budget: number | null): (number | null)[] {
  if (budgets.includes(budget)) return [...budgets]
  return [...budgets, budget].sort((a, b) => (a ?? Infinity) - (b ?? Infinity))
}
