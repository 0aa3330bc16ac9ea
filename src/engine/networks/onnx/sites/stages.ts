import { matrixProducts, type Graph, type GraphValue, type Node } from '../graph/graph.ts'
import { cutsOf, type Cut, type Cuts } from './cuts.ts'
import { kindOf, readsFirstToken, type SiteKind } from './features.ts'
import type { Site } from './modules.ts'

/** A part of a graph between two points. */
export interface Stage {
  /** In the order they run; those that depend on parameters alone stand in every stage that reads them. */
  nodes: readonly Node[]
  /** Values that it hands on, those of other inputs that are read later included; none behind the last. */
  live: readonly GraphValue[]
  /** Names of the arrays that it reads. */
  arrays: readonly string[]
}

export interface Stages {
  stem: Stage
  blocks: readonly (Stage & { site: Site; kind: SiteKind })[]
  /** What follows the last site; `closing`: its last product, which gives the logits. */
  tail: Stage & { closing: Node | null }
  /** Token that heads read of `tokens`: the first, or the mean over all. */
  token: 'first' | 'mean'
}

/** The stages of a graph with these sites: the stem up to the first one's module, a block up to each site, the rest. */
export function stagesOf(graph: Graph, sites: readonly Site[]): Stages {
  const cuts = cutsOf(graph)
  const { main } = cuts
  const stem = stemEnd(graph, cuts, sites[0]!)
  const begins = [stem.after + 1, ...sites.map(({ after }) => after + 1)]
  const token = readsFirstToken(main.slice(begins.at(-1))) ? 'first' : 'mean'
  const stage = stageMaker(cuts, token === 'mean' ? maskOf(graph) : undefined)
  const between = (from: number, { after, live }: Pick<Cut, 'after' | 'live'>) =>
    stage(main.slice(from, after + 1), { to: after + 1, live })
  const tail = between(begins.at(-1)!, { after: main.length - 1, live: [] })
  return {
    stem: stage([...cuts.aside, ...main.slice(0, begins[0])], { to: begins[0]!, live: stem.live }),
    blocks: sites.map((site, index) => ({
      ...between(begins[index]!, site),
      site,
      kind: kindOf(site.value)!,
    })),
    tail: { ...tail, closing: tail.nodes.findLast(({ operator }) => matrixProducts.has(operator)) ?? null },
    token,
  }
}

/** The last point of one value before the module of the first site, or the input itself. */
function stemEnd({ inputs }: Graph, { main, cuts }: Cuts, first: Site): Pick<Cut, 'after' | 'live'> {
  const isWithin = ({ module }: Node) => `${module}.`.startsWith(`${first.module}.`)
  const begin = main.findIndex(isWithin)
  const limit = begin < 0 ? first.after : Math.min(begin, first.after)
  const cut = cuts.findLast(({ after, live }) => live.length === 1 && after < limit)
  return cut ?? { after: -1, live: [inputs[0]!.value] }
}

/** The input that says which tokens are padding. */
export const maskOf = ({ inputs }: Graph): GraphValue | undefined => inputs.find(({ name }) => name === 'mask')?.value

/** `kept`: a value that every block hands on. */
function stageMaker({ main, fixed, besides, lastRead }: Cuts, kept: GraphValue | undefined) {
  const neededFixed = neededOf(fixed)
  return (own: readonly Node[], { to, live }: { to: number; live: readonly GraphValue[] }): Stage => {
    const nodes = [...neededFixed(own.flatMap((node) => node.inputs)), ...own]
    const read = new Set(nodes.flatMap((node) => node.inputs))
    const isRead = (value: GraphValue) => value === kept || (lastRead.get(value) ?? -1) >= to
    return {
      nodes,
      live: to === main.length ? [] : [...live, ...besides.filter(isRead)],
      arrays: [...read].flatMap((value) => value?.array ?? []),
    }
  }
}

/** Says which of these nodes values need, in the order they run. */
function neededOf(nodes: readonly Node[]): (values: readonly (GraphValue | undefined)[]) => Node[] {
  const source = new Map(nodes.flatMap((node, index) => node.outputs.map((value) => [value, index] as const)))
  return (values) => {
    const needed = new Set<number>()
    const open = [...values]
    while (open.length > 0) {
      const index = source.get(open.pop()!)
      if (index === undefined || needed.has(index)) continue
      needed.add(index)
      open.push(...nodes[index]!.inputs)
    }
    return [...needed].sort((a, b) => a - b).map((index) => nodes[index]!)
  }
}
