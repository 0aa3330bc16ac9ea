import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Graph } from '../graph/graph.ts'
import { cutsOf, type Cut, type Cuts } from './cuts.ts'
import { headsBehind } from './features.ts'
import { families, heavy, moduleRanges, siteAtEnd, withOuter, type Site } from './modules.ts'

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

/** Numbered modules of at least two heavy operators that end at a cut, of families of which at least half do. */
function eligibleUnits(cuts: Cuts): Site[] {
  return families(moduleRanges(cuts)).flatMap((members) => {
    const sites = members.flatMap(([name, range]) =>
      range.heavyCount >= 2 ? (siteAtEnd(name, range, cuts) ?? []) : [],
    )
    return members.length > 1 && sites.length * 2 >= members.length ? sites : []
  })
}

/** Units within a unit replace it where there are at least two of them. */
function deepest(units: readonly Site[]): Site[] {
  const names = new Set(units.map(({ module }) => module))
  const around = ({ module }: Site) => withOuter(module).findLast((outer) => outer !== module && names.has(outer))
  const within = Map.groupBy(units, around)
  const deepestIn = (module: string | undefined): Site[] =>
    (within.get(module) ?? []).flatMap((unit) => {
      const parts = deepestIn(unit.module)
      return parts.length >= 2 ? parts : [unit]
    })
  return deepestIn(undefined)
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
  const [maps, tokens] = ['map', 'tokens'].map((kind) => sites.filter(({ value }) => headsBehind(value) === kind))
  return maps!.length >= tokens!.length ? maps! : tokens!
}

/** The sites behind these nodes, as a specification has them. */
export function sitesAt(graph: Graph, sites: readonly { module: string; after: number }[]): Site[] {
  const cuts = new Map(cutsOf(graph).cuts.map((cut) => [cut.after, cut]))
  return sites.map(({ module, after }) => {
    const cut = cuts.get(after)
    if (!cut)
      throw new ExitlabError('checkpoint-damaged', `The network has no exit site behind node ${after} (${module}).`)
    return { ...cut, module }
  })
}
