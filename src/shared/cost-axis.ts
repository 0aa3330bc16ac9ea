import type { CostKind, OfCost } from './latency.ts'

export const costAxisNames = ['share', 'multiply-adds'] as const
export type CostAxisName = (typeof costAxisNames)[number]

/** Cost axis for a network whose bare backbone also has a cost. */
interface Cost {
  /** Multiply-adds per image, or milliseconds. */
  cost: number
  backboneCost: number
}

/** A scale of costs that a metric is drawn against. */
export interface CostAxis {
  title: string
  /** Whether a value means the same for every network. */
  absolute: boolean
  valueOf(cost: Cost): number
}

export const costAxes: Record<CostAxisName, CostAxis> = {
  share: { title: '% of own backbone', absolute: false, valueOf: ({ cost, backboneCost }) => cost / backboneCost },
  'multiply-adds': { title: 'multiply-adds', absolute: true, valueOf: ({ cost }) => cost },
}

/** A FLOP is half a multiply-add. Measured costs are milliseconds. */
export type CostUnit = 'macs' | 'flops' | 'ms'

/** Unit of the costs of a result; `preferred` of multiply-adds. */
export const unitOf = ({ latency }: OfCost, preferred: CostUnit = 'macs'): CostUnit =>
  latency === undefined ? preferred : 'ms'

/** Title of an axis of such costs. */
export function axisTitle(axis: CostAxisName, cost: CostKind): string {
  const { title, absolute } = costAxes[axis]
  if (cost === 'macs') return title
  return absolute ? 'milliseconds' : `${title}’s latency`
}

/** Unit in which costs up to `highest` (multiply-adds) have few digits, and its size. */
export function macsUnit(highest: number, unit: CostUnit): { name: string; size: number } {
  if (unit === 'ms') return { name: 'ms', size: 1 }
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
