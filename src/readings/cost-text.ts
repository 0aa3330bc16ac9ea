import { type CostUnit, macs } from '../shared/evaluation/cost-kind.ts'
import { multiplyAdds, percent } from '../shared/format/numbers.ts'

/** `43.9 %, 283 k`, in multiply-adds, which the caption names; other units are named, and the share stands alone where no more is known. */
export function costText({ cost, fraction }: { cost: number | null; fraction: number }, unit: CostUnit): string {
  const share = `${percent(fraction)}\u202f%`
  if (cost === null) return share
  return `${share}, ${absoluteCost(cost, unit)}`
}

/** `283 k` in multiply-adds, else with its unit. */
export const absoluteCost = (cost: number, unit: CostUnit): string =>
  unit === 'macs' ? multiplyAdds(cost) : macs(cost, unit)
