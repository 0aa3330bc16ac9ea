import { ExitlabError } from '../../../../shared/error.ts'
import { matrixProducts, type Graph } from '../graph/graph.ts'
import { cutsOf, type Cut, type Cuts } from './cuts.ts'
import { kindOf } from './features.ts'

/** A point of a graph behind which an exit may sit. */
export interface Site extends Cut {
  /** Name of the module that ends there: `layer1.0`. */
  module: string
}

/** Operators that do the work of a network. */
const heavy = new Set(['Conv', ...matrixProducts])

/** A part of the nodes, by their indices. */
interface Range {
  first: number
  last: number
  /** Heavy operators, and the last of them. */
  heavyCount: number
  lastHeavy: number
}

/**
 * The exit sites of a graph: behind each of its repeated modules (those whose names end in a number and that compute something),
 * the inner ones where a module holds several; without such modules, behind what follows a convolution or product, before the next.
 */
export function findSites(graph: Graph): Site[] {
  const cuts = cutsOf(graph)
  const units = deepest(eligibleUnits(cuts))
  const ends = units.length >= 2 ? units : betweenHeavy(cuts)
  const sites = [...new Map(ends.map((site) => [site.after, site])).values()].sort((a, b) => a.after - b.after)
  return sitesOfOneKind(sites)
}

/** Sites behind these modules. @returns the first name that ends at no point that all paths lead through. */
export function sitesOfModules(graph: Graph, names: readonly string[]): Site[] | { unknown: string } {
  const cuts = cutsOf(graph)
  const ranges = moduleRanges(cuts)
  const sites = names.map((name) => ({ name, range: ranges.get(name) }))
  const found = sites.map(({ name, range }) => range && siteAtEnd(name, range, cuts))
  const missing = found.findIndex((site) => !site)
  if (missing >= 0) return { unknown: names[missing]! }
  return found.map((site) => site!).sort((a, b) => a.after - b.after)
}

/** Ranges of all modules that hold nodes, outer ones included. */
function moduleRanges({ main }: Cuts): Map<string, Range> {
  const ranges = new Map<string, Range>()
  for (const [index, { module, operator }] of main.entries()) {
    const path = module.split('.')
    for (let depth = 1; depth <= path.length; depth++) {
      const name = path.slice(0, depth).join('.')
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

/** At the last cut within the module, at or behind its last heavy operator. */
function siteAtEnd(module: string, { last, lastHeavy }: Range, { cuts }: Cuts): Site | undefined {
  const cut = cuts.findLast(({ after }) => after <= last)
  return cut && cut.after >= lastHeavy ? { ...cut, module } : undefined
}

/** Numbered modules of at least two heavy operators that end at a cut, of families of which at least half do. */
function eligibleUnits(cuts: Cuts): Site[] {
  const units = [...moduleRanges(cuts)].filter(([name]) => /\d$/.test(name))
  const families = Map.groupBy(units, ([name]) => name.replace(/\d+$/, ''))
  return [...families.values()].flatMap((members) => {
    const sites = members.flatMap(([name, range]) =>
      range.heavyCount >= 2 ? (siteAtEnd(name, range, cuts) ?? []) : [],
    )
    return members.length > 1 && sites.length * 2 >= members.length ? sites : []
  })
}

/** Units within a unit replace it where there are at least two of them. */
function deepest(units: readonly Site[]): Site[] {
  const isWithin = (outer: Site) => (inner: Site) => inner.module.startsWith(`${outer.module}.`)
  const topOf = (some: readonly Site[]) => some.filter((unit) => !some.some((other) => isWithin(other)(unit)))
  const resolve = (unit: Site): Site[] => {
    const parts = topOf(units.filter(isWithin(unit))).flatMap(resolve)
    return parts.length >= 2 ? parts : [unit]
  }
  return topOf(units).flatMap(resolve)
}

/** Operators before which a map has been worked on. */
const closers = new Set([...heavy, 'GlobalAveragePool', 'Flatten'])

function betweenHeavy({ main, cuts }: Cuts): Site[] {
  const first = main.findIndex(({ operator }) => heavy.has(operator))
  const isBefore = ({ after }: Cut) =>
    after >= first && after + 1 < main.length && closers.has(main[after + 1]!.operator)
  return cuts.filter(isBefore).map((cut) => ({ ...cut, module: main[cut.after]!.module }))
}

/** Heads of one kind sit at all exits: the sites of the commoner kind, maps or tokens. */
function sitesOfOneKind(sites: readonly Site[]): Site[] {
  const reads = (site: Site) => kindOf(site.value)?.replace('-last', '')
  const [maps, tokens] = ['map', 'tokens'].map((kind) => sites.filter((site) => reads(site) === kind))
  return maps!.length >= tokens!.length ? maps! : tokens!
}

/** The sites behind these nodes, as a specification has them. */
export function sitesAt(graph: Graph, sites: readonly { module: string; after: number }[]): Site[] {
  const { cuts } = cutsOf(graph)
  return sites.map(({ module, after }) => {
    const cut = cuts.find((each) => each.after === after)
    if (!cut)
      throw new ExitlabError('checkpoint-damaged', `The network has no exit site behind node ${after} (${module}).`)
    return { ...cut, module }
  })
}
