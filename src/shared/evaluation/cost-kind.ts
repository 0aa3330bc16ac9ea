import { z } from 'zod'
import { multiplyAdds, scaled } from '../format/numbers.ts'

/** A cost that was measured, in words. */
export interface MeasuredCost {
  /** Behind its numbers, and behind a budget of the command line (`1.5ms`). */
  unit: string
  /** Title of an axis of it, and its name in files. */
  name: string
  /** What a network has of it, and several have. */
  noun: string
  nouns: string
  more: string
  less: string
  /** How one gets it, for the help of the command line. */
  how: string
}

/** Costs that are read in place of multiply-adds, by their key in results. What they are measured on is found by `main/host/comparison/evaluation/measured-costs.ts`. */
export const measuredCosts = {
  latency: {
    unit: 'ms',
    name: 'milliseconds',
    noun: 'latency',
    nouns: 'latencies',
    more: 'longer',
    less: 'shorter',
    how: 'milliseconds that `exitlab latency` measured',
  },
} as const satisfies Record<string, MeasuredCost>
export type MeasuredKind = keyof typeof measuredCosts

export const measuredKinds = Object.keys(measuredCosts) as MeasuredKind[]

/** What the costs of a comparison are. */
export const costKinds = ['macs', ...measuredKinds] as const
export type CostKind = (typeof costKinds)[number]

/** A FLOP is half a multiply-add. Measured costs have a unit of their own. */
export type CostUnit = 'macs' | 'flops' | MeasuredKind

/** Keys of results: on what their costs were measured, such as a machine; none is there where they are multiply-adds. */
export const costKeys = Object.fromEntries(measuredKinds.map((kind) => [kind, z.string().optional()])) as Record<
  MeasuredKind,
  z.ZodOptional<z.ZodString>
>
export const costKeyNames = Object.fromEntries(measuredKinds.map((kind) => [kind, true])) as Record<MeasuredKind, true>

/** Result with these keys. */
export type OfCost = Partial<Record<MeasuredKind, string | undefined>>

const kindOf = (result: OfCost): CostKind => measuredKinds.find((kind) => result[kind] !== undefined) ?? 'macs'

/** On what the costs of a result were measured; null: multiply-adds. */
export function costSource(result: OfCost): string | null {
  const kind = kindOf(result)
  return kind === 'macs' ? null : result[kind]!
}

/** The keys of a result for another one. */
export function costKeyOf(result: OfCost): OfCost {
  const kind = kindOf(result)
  return kind === 'macs' ? {} : { [kind]: result[kind] }
}

/** null: multiply-adds. */
export function measuredCost(kind: CostKind | CostUnit): MeasuredCost | null {
  return kind === 'macs' || kind === 'flops' ? null : measuredCosts[kind]
}

/** The same of the costs of a result. */
export const measuredCostOf = (result: OfCost): MeasuredCost | null => measuredCost(kindOf(result))

/** Name of costs in files. */
export const costName = (result: OfCost) => measuredCostOf(result)?.name ?? 'macs'

/** What 100 % of a budget is, in captions. */
export function backboneCostWords(result: OfCost): string {
  const measured = measuredCostOf(result)
  return measured ? `the backbone’s ${measured.noun} (${costSource(result)})` : 'the backbone’s cost'
}

/** Unit of the costs of a result; `preferred` of multiply-adds. */
export function unitOf(result: OfCost, preferred: CostUnit = 'macs'): CostUnit {
  const kind = kindOf(result)
  return kind === 'macs' ? preferred : kind
}

/** A cost with its unit: 101,400,000 → 101 M multiply-adds, or 203 MFLOPs; measured costs as they are. */
export function macs(value: number, unit: CostUnit): string {
  const measured = measuredCost(unit)
  if (measured) return `${Number(value.toPrecision(3))} ${measured.unit}`
  if (unit === 'macs') return `${multiplyAdds(value)} multiply-adds`
  const { text, prefix } = scaled(2 * value)
  return `${text} ${prefix}FLOPs`
}
