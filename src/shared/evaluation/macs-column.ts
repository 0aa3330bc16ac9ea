import { fixed } from '../format/numbers.ts'

const prefixes = [
  { prefix: 'P', size: 1e15 },
  { prefix: 'T', size: 1e12 },
  { prefix: 'G', size: 1e9 },
  { prefix: 'M', size: 1e6 },
  { prefix: 'k', size: 1e3 },
]

/** How a column of costs is written whose largest is `largest`: one prefix for all of it, three decimals. */
export function macsColumn(largest: number, unit: 'macs' | 'flops') {
  const factor = unit === 'flops' ? 2 : 1
  const { prefix, size } = prefixes.find((each) => factor * largest >= each.size) ?? prefixes.at(-1)!
  return {
    /** `Multiply-adds (M)`, `GFLOPs`. */
    title: unit === 'flops' ? `${prefix}FLOPs` : `Multiply-adds (${prefix})`,
    /** Multiply-adds in that unit. */
    valueOf: (macs: number) => (factor * macs) / size,
    text: (macs: number) => fixed((factor * macs) / size, 3),
  }
}
