import { measuredCost, type CostUnit } from './cost-kind.ts'
import { multiplyAdds, scaled } from '../format/numbers.ts'

/** A cost with its unit: 101,400,000 → 101 M multiply-adds, or 203 MFLOPs; measured costs as they are. */
export function macs(value: number, unit: CostUnit): string {
  const measured = measuredCost(unit)
  if (measured) return `${Number(value.toPrecision(3))} ${measured.unit}`
  if (unit === 'macs') return `${multiplyAdds(value)} multiply-adds`
  const { text, prefix } = scaled(2 * value)
  return `${text} ${prefix}FLOPs`
}
