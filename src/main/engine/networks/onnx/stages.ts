import { channelAxes } from './channel-axes.ts'
import { neededNodes } from './compact.ts'
import { cutsOf, type Cut, type Cuts } from './cuts.ts'
import type { Graph, GraphNode } from './graph.ts'
import { kindOf, type Site, type SiteKind } from './sites.ts'

/** A part of a graph between two points. */
export interface Stage {
  /** In the order they run; those that depend on parameters alone stand in every stage that reads them. */
  nodes: readonly GraphNode[]
  /** Values that it hands on, those of other inputs that are read later included; none behind the last. */
  live: readonly number[]
  /** Names of the arrays that it reads. */
  arrays: readonly string[]
}

export interface Stages {
  stem: Stage
  blocks: readonly (Stage & { site: Site; kind: SiteKind })[]
  /** What follows the last site; `closing`: its last product, which gives the logits. */
  tail: Stage & { closing: GraphNode | null }
  /** Token that heads read of `tokens`: the first, or the mean over all. */
  token: 'first' | 'mean'
}

/** The stages of a graph with these sites: the stem up to the first one's module, a block up to each site, the rest. */
export function stagesOf(graph: Graph, sites: readonly Site[]): Stages {
  const cuts = cutsOf(graph)
  const { main } = cuts
  const stem = stemEnd(graph, cuts, sites[0]!)
  const axes = channelAxes(graph)
  const begins = [stem.after + 1, ...sites.map(({ after }) => after + 1)]
  const token = readsFirstToken(graph, main.slice(begins.at(-1))) ? 'first' : 'mean'
  const stage = stageMaker(graph, cuts, token === 'mean' ? maskOf(graph) : undefined)
  const between = (from: number, { after, live }: Pick<Cut, 'after' | 'live'>) =>
    stage(main.slice(from, after + 1), { to: after + 1, live })
  const tail = between(begins.at(-1)!, { after: main.length - 1, live: [] })
  return {
    stem: stage([...cuts.aside, ...main.slice(0, begins[0])], { to: begins[0]!, live: stem.live }),
    blocks: sites.map((site, index) => ({
      ...between(begins[index]!, site),
      site,
      kind: kindOf(graph, site.value, axes)!,
    })),
    tail: { ...tail, closing: tail.nodes.findLast(({ operator }) => closers.has(operator)) ?? null },
    token,
  }
}

const closers = new Set(['Gemm', 'MatMul', 'Linear'])

/** The last point of one value before the module of the first site, or the input itself. */
function stemEnd(
  { modules, inputs }: Graph,
  { main, cuts }: Cuts,
  first: Site,
): { after: number; live: readonly number[] } {
  const isWithin = ({ module }: GraphNode) => `${modules[module]}.`.startsWith(`${first.module}.`)
  const begin = main.findIndex(isWithin)
  const limit = begin < 0 ? first.after : Math.min(begin, first.after)
  const cut = cuts.findLast(({ after, live }) => live.length === 1 && after < limit)
  return cut ?? { after: -1, live: [inputs[0]!.value] }
}

/** The input that says which tokens are padding. */
export const maskOf = ({ inputs }: Graph): number | undefined => inputs.find(({ name }) => name === 'mask')?.value

/** `kept`: a value that every block hands on. */
function stageMaker({ arrays }: Graph, { main, fixed, besides }: Cuts, kept: number | undefined) {
  const names = new Map(arrays.map(({ value, name }) => [value, name]))
  const readFrom = (from: number) => new Set([kept, ...main.slice(from).flatMap((node) => node.inputs)])
  return (own: readonly GraphNode[], { to, live }: { to: number; live: readonly number[] }): Stage => {
    const needed = neededNodes(
      fixed,
      own.flatMap((node) => node.inputs),
    )
    const nodes = [...needed, ...own]
    const read = new Set(nodes.flatMap((node) => node.inputs))
    const later = readFrom(to)
    return {
      nodes,
      live: to === main.length ? [] : [...live, ...besides.filter((value) => later.has(value))],
      arrays: [...read].flatMap((value) => names.get(value) ?? []),
    }
  }
}

/** Whether logits are made of the first token alone. */
function readsFirstToken({ shapes, constants }: Graph, nodes: readonly GraphNode[]): boolean {
  const index = new Map(constants.map(({ value, data }) => [value, data]))
  return nodes.some(({ operator, inputs: [x, indices], outputs: [y], settings }) => {
    if (shapes[x!]!.length !== 3) return false
    if (operator === 'Gather') return settings!['axis'] === 1 && index.get(indices!)?.join() === '0'
    const isFirst = operator === 'Slice' && (settings!['start'] as number[])[1] === 0
    return isFirst && shapes[x!]![1]! > 1 && shapes[y!]![1] === 1
  })
}
