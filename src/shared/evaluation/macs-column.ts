import { fixed } from '../format/numbers.ts'

const prefixes = [
  { prefix: 'P', size: 1e15 },
  { prefix: 'T', size: 1e12 },
  { prefix: 'G', size: 1e9 },
  { prefix: 'M', size: 1e6 },
  { prefix: 'k', size: 1e3 },
]

/** How a column of costs is written: one prefix for all of it, three decimals. */
export interface MacsColumn {
  /** `Multiply-adds (M)`, `GFLOPs`. */
  title: string
  /** Multiply-adds in that unit. */
  valueOf(macs: number): number
  text(macs: number): string
}

/** A column in which `largest` is the largest cost. */
export function macsColumn(largest: number, unit: 'macs' | 'flops'): MacsColumn {
  const factor = unit === 'flops' ? 2 : 1
  const { prefix, size } = prefixes.find((each) => factor * largest >= each.size) ?? prefixes.at(-1)!
  return {
    title: unit === 'flops' ? `${prefix}FLOPs` : `Multiply-adds (${prefix})`,
    valueOf: (macs) => (factor * macs) / size,
    text: (macs) => fixed((factor * macs) / size, 3),
  }
}
