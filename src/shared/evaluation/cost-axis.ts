import { measuredCost, type CostKind, type CostUnit } from './cost-kind.ts'

export const costAxisNames = ['share', 'multiply-adds'] as const
export type CostAxisName = (typeof costAxisNames)[number]

/** Cost axis for a network whose bare backbone also has a cost. */
interface Cost {
  /** Multiply-adds per image, or in the unit of a measured cost. */
  cost: number
  backboneCost: number
}

/** A scale of costs that a metric is drawn against. */
interface CostAxis {
  title: string
  /** Whether a value means the same for every network. */
  absolute: boolean
  valueOf(cost: Cost): number
}

export const costAxes: Record<CostAxisName, CostAxis> = {
  share: { title: '% of own backbone', absolute: false, valueOf: ({ cost, backboneCost }) => cost / backboneCost },
  'multiply-adds': { title: 'multiply-adds', absolute: true, valueOf: ({ cost }) => cost },
}

/** Title of an axis of such costs. */
export function axisTitle(axis: CostAxisName, cost: CostKind): string {
  const { title, absolute } = costAxes[axis]
  const measured = measuredCost(cost)
  if (!measured) return title
  return absolute ? measured.name : `${title}’s ${measured.noun}`
}

/** Unit in which costs up to `highest` (multiply-adds) have few digits, and its size. */
export function macsUnit(highest: number, unit: CostUnit): { name: string; size: number } {
  const measured = measuredCost(unit)
  if (measured) return { name: measured.unit, size: 1 }
  const perMac = unit === 'flops' ? 2 : 1
  const count = highest * perMac
  const [size, prefix] = count >= 1e9 ? [1e9, 'G'] : count >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  return { name: unit === 'flops' ? `${prefix}FLOPs` : `${prefix} multiply-adds`, size: size / perMac }
}

/** Three digits of a cost in multiply-adds: `41.3 M multiply-adds`. */
export function macsText(cost: number, unit: CostUnit): string {
  const { name, size } = macsUnit(cost, unit)
  return `${(cost / size).toPrecision(3)}\u00a0${name}`
}
