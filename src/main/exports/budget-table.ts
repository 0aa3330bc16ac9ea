import type { BudgetCell, Comparison } from '../../shared/evaluation.ts'

/** A cell as every table prints it: two decimals, as the paper has them. */
export interface PrintedCell {
  mean: string
  /** null with one seed. */
  std: string | null
  /** Whether no regime of the experiment prints a higher mean at this budget, and there is one to be better than. */
  best: boolean
}

export interface PrintedRow {
  regime: string
  seedCount: number
  /** null where no threshold fits the budget. */
  cells: (PrintedCell | null)[]
}

/** The rows of one experiment: what is comparable, and among which the best is marked. */
export interface PrintedExperiment {
  name: string
  /** null where its regimes differ in it. */
  backboneMacs: number | null
  rows: PrintedRow[]
}

/** The comparison by experiment, rounded for printing and with the best of each budget found. */
export function printedExperiments({ rows, budgets }: Comparison): PrintedExperiment[] {
  const names = [...new Set(rows.map((row) => row.experiment))]
  return names.map((name) => {
    const members = rows.filter((row) => row.experiment === name)
    const best = budgets.map((_, b) => bestMean(members.map((row) => row.cells[b] ?? null)))
    const macs = members[0]!.backboneMacs
    return {
      name,
      backboneMacs: members.every((row) => row.backboneMacs === macs) ? macs : null,
      rows: members.map(({ regime, seeds, cells }) => ({
        regime,
        seedCount: seeds.length,
        cells: cells.map((cell, b) => cell && printedCell(cell, best[b] ?? null)),
      })),
    }
  })
}

/** Heading of a budget: `25`, `37.5` … in % of the backbone's cost; null for Unlimited. */
export function budgetPercent(budget: number | null): string | null {
  return budget === null ? null : String(Number((100 * budget).toFixed(2)))
}

/** A cost for people: `41.3 M`. */
export function multiplyAdds(macs: number): string {
  const [divisor, unit] = macs >= 1e9 ? [1e9, 'G'] : macs >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  return `${(macs / divisor).toPrecision(3)}\u00a0${unit}`
}

/** "3 seeds", "1 seed", "2 to 3 seeds" */
export function seedRange(experiments: readonly PrintedExperiment[]): string {
  const counts = experiments.flatMap(({ rows }) => rows.map(({ seedCount }) => seedCount))
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  if (fewest !== most) return `${fewest} to ${most} seeds`
  return most === 1 ? '1 seed' : `${most} seeds`
}

/** How the table was read, in words. */
export function readingSentence({ protocol, rule }: Comparison): string {
  const thresholds =
    protocol === 'validation'
      ? 'fitted on validation images, so that the cost on test images may differ a little from the budget'
      : 'swept on the test set, as the paper does'
  return `Thresholds of the ${rule} rule ${thresholds}`
}

function printedCell({ mean, std }: BudgetCell, best: string | null): PrintedCell {
  return { mean: mean.toFixed(2), std: std === null ? null : std.toFixed(2), best: mean.toFixed(2) === best }
}

/** The highest mean as printed; null where fewer than two regimes have one. */
function bestMean(cells: readonly (BudgetCell | null)[]): string | null {
  const means = cells.flatMap((cell) => (cell ? [cell.mean] : []))
  return means.length < 2 ? null : Math.max(...means).toFixed(2)
}
