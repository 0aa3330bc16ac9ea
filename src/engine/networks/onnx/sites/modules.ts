import { matrixProducts } from '../graph/graph.ts'
import type { Cut, Cuts } from './cuts.ts'

/** A point of a graph behind which an exit may sit. */
export interface Site extends Cut {
  /** Name of the module that ends there: `layer1.0`. */
  module: string
}

/** Operators that do the work of a network. */
export const heavy: ReadonlySet<string> = new Set(['Conv', ...matrixProducts])

/** A part of the nodes, by their indices. */
export interface Range {
  first: number
  last: number
  /** Heavy operators, and the last of them. */
  heavyCount: number
  lastHeavy: number
}

export type Ranges = ReadonlyMap<string, Range>

/** Ranges of all modules that hold nodes, outer ones included. */
export function moduleRanges({ main }: Pick<Cuts, 'main'>): Ranges {
  const ranges = new Map<string, Range>()
  for (const [index, { module, operator }] of main.entries()) {
    for (const name of withOuter(module)) {
      const range = ranges.get(name) ?? { first: index, last: index, heavyCount: 0, lastHeavy: index }
      range.last = index
      if (heavy.has(operator)) {
        range.heavyCount++
        range.lastHeavy = index
      }
      ranges.set(name, range)
    }
  }
  return ranges
}

/** The names of a module and of those that it is a part of, the outermost first. */
export function withOuter(module: string): string[] {
  const path = module.split('.')
  return path.map((_, depth) => path.slice(0, depth + 1).join('.'))
}

/** Numbered modules, those that are called alike together. */
export function families(ranges: Ranges): [name: string, range: Range][][] {
  const units = [...ranges].filter(([name]) => /\d$/.test(name))
  return [...Map.groupBy(units, ([name]) => name.replace(/\d+$/, '')).values()]
}

/** At the last cut within the module, at or behind its last heavy operator. */
export function siteAtEnd(module: string, { last, lastHeavy }: Range, { cuts }: Cuts): Site | undefined {
  const cut = lastUpTo(cuts, last)
  return cut && cut.after >= lastHeavy ? { ...cut, module } : undefined
}

/** The last of these, which are in the order of the nodes that they are behind, that is behind this node or before it. */
function lastUpTo(cuts: readonly Cut[], node: number): Cut | undefined {
  let [low, high] = [0, cuts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (cuts[middle]!.after <= node) low = middle + 1
    else high = middle
  }
  return cuts[low - 1]
}
