import type { NetworkReport, PassingValue } from '../../../../shared/network/network-file.ts'
import type { Graph, GraphValue, Node } from '../graph/graph.ts'
import { cutsOf, type Cuts } from './cuts.ts'
import { families, moduleRanges, siteAtEnd, withOuter, type Range, type Site } from './modules.ts'

/** Says of any module which value leads past it; null where none does. */
export function leadingPast({ inputs }: Graph, { main, lastRead }: Cuts): (range: Range) => PassingValue | null {
  const source = new Map(main.flatMap((node) => node.outputs.map((value) => [value, node] as const)))
  const readAt = (value: GraphValue) => lastRead.get(value) ?? -1
  /** Of all values that are given before each node the one that is read last. */
  const farthest: GraphValue[] = []
  let value = inputs[0]!.value
  for (const { outputs } of main) {
    farthest.push(value)
    for (const each of outputs) if (readAt(each) > readAt(value)) value = each
  }
  return ({ first, last }) => {
    const past = farthest[first]!
    return readAt(past) <= last ? null : { from: placeOf(source.get(past)), to: placeOf(main[readAt(past)]) }
  }
}

const placeOf = (node: Node | undefined) => (node ? { operator: node.operator, module: node.module } : null)

/** Values that lead past repeated modules, the outermost ones, behind which no exits can sit therefore. */
export function skipsOf(graph: Graph, sites: readonly Site[]): NetworkReport['skips'] {
  const passed = passedModules(graph)
  const around = new Set(sites.flatMap(({ module }) => withOuter(module)))
  const names = new Set([...sites, ...passed].map(({ module }) => module))
  const isInner = (module: string) => withOuter(module).some((outer) => outer !== module && names.has(outer))
  const shown = passed.filter(({ module }) => !around.has(module) && !isInner(module))
  const groups = Map.groupBy(shown, ({ value }) => JSON.stringify(value))
  return Array.from(groups.values(), (group) => ({ ...group[0]!.value, past: group.map(({ module }) => module) }))
}

/** Repeated modules that compute something and past which a value leads. */
function passedModules(graph: Graph) {
  const cuts = cutsOf(graph)
  const past = leadingPast(graph, cuts)
  return families(moduleRanges(cuts)).flatMap((members) =>
    members.flatMap(([module, range]) => {
      const isUnit = members.length > 1 && range.heavyCount >= 2
      const value = isUnit && !siteAtEnd(module, range, cuts) ? past(range) : null
      return value ? [{ module, value }] : []
    }),
  )
}
