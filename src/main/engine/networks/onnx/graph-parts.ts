import type { ParameterSpec } from '../../layers/layer.ts'
import { fromDiskLayout } from '../../layers/layout.ts'
import { parameter } from '../../layers/parameter.ts'
import { withClasses } from './classes.ts'
import { unpackBuffers } from './fixed-buffers.ts'
import type { Graph } from './graph.ts'
import { initialisers } from './initial-values.ts'
import { normArrays } from './norm-arrays.ts'
import { unpackGraph } from './packed-graph.ts'
import type { OnnxSpec } from './schema.ts'
import { sitesAt } from './sites.ts'
import { stagesOf, type Stages } from './stages.ts'
import { graphUnits, type GraphUnits } from './units.ts'
import type { TableGraph } from './value-table.ts'
import { valueTypes } from './value-types.ts'

/** A graph with everything that is derived of it. */
export interface Parts {
  spec: OnnxSpec
  graph: Graph
  stages: Stages
  units: GraphUnits
  types: ReturnType<typeof valueTypes>
  source: TableGraph
  parameters: ReadonlyMap<string, ParameterSpec>
}

export function partsOf(spec: OnnxSpec): Parts {
  const file = unpackGraph(spec.packed)
  const sites = sitesAt(file, spec.sites)
  const { closing } = stagesOf(file, sites).tail
  const graph = withClasses(file, spec.classes, closing)
  const units = graphUnits(graph)
  const filters = filtersOf(graph)
  const init = initialisers(graph, spec.fresh)
  const buffers = spec.buffers && unpackBuffers(spec.buffers)
  const norms = normArrays(graph)
  const arrays = new Map(graph.arrays.map(({ name, value }) => [value, name]))
  const constants = new Map(graph.constants.map((constant) => [constant.value, constant]))
  const parameters = graph.arrays.map(({ name, value, kind }) => {
    const isFilter = filters.has(name)
    const inLayout = <Entry>(entries: readonly Entry[]): Entry[] =>
      isFilter ? [2, 3, 1, 0].map((axis) => entries[axis]!) : [...entries]
    const options = {
      shape: inLayout(graph.shapes[value]!),
      units: inLayout(graph.shapes[value]!.map((_, axis) => units.unitsOf(value, axis))),
      init: init(name),
      kind,
      ...((kind === 'buffer' ? norms.statistics : norms.affine).has(value) && { role: 'norm' as const }),
    }
    const own = parameter(name, { ...options, layout: isFilter ? 'convolution' : 'plain' })
    const fixed = buffers?.get(name)
    return [name, fixed ? { ...own, init: () => fromDiskLayout(own, fixed) } : own] as const
  })
  const source = { graph, arrays, constants, filters }
  const [stages, types] = [stagesOf(graph, sites), valueTypes(graph)]
  return { spec, graph, stages, units, types, source, parameters: new Map(parameters) }
}

/** Names of the arrays that convolutions of maps read as their filters, and nothing else does: they are held as the kernels take them. */
function filtersOf({ nodes, arrays, shapes }: Graph): ReadonlySet<string> {
  const isFilter = (operator: string, index: number, value: number) =>
    operator === 'Conv' && index === 1 && shapes[value]!.length === 4
  const [filters, others] = [new Set<number>(), new Set<number>()]
  for (const { operator, inputs } of nodes) {
    inputs.forEach((value, index) => (isFilter(operator, index, value) ? filters : others).add(value))
  }
  return new Set(arrays.flatMap(({ name, value }) => (filters.has(value) && !others.has(value) ? [name] : [])))
}
