import type { ParameterSpec } from '../../../layers/layer.ts'
import { fromDiskLayout } from '../../../layers/layout.ts'
import { parameter } from '../../../layers/parameter.ts'
import { arraysOf, type Graph, type GraphValue } from '../graph/graph.ts'
import { linkedGraph } from '../graph/linked-graph.ts'
import { unpackGraph, type StoredGraph } from '../graph/stored-graph.ts'
import { graphUnits, type UnitsOf } from '../matching/units.ts'
import type { OnnxSpec } from '../schema.ts'
import { sitesAt } from '../sites/sites.ts'
import { stagesOf, type Stages } from '../sites/stages.ts'
import { withClasses } from './classes.ts'
import { initialisers, unpackBuffers } from './fresh-start.ts'
import { normArrays } from './norm-arrays.ts'

/** What a backbone is built of. */
export interface Parts {
  spec: OnnxSpec
  graph: Graph
  stages: Stages
  unitsOf: UnitsOf
  /** By name; without their groups. */
  parameters: ReadonlyMap<string, ParameterSpec>
}

export function partsOf(spec: OnnxSpec): Parts {
  const { graph, stages } = stagedGraph(spec)
  const unitsOf = graphUnits(graph)
  return { spec, graph, stages, unitsOf, parameters: parametersOf(graph, unitsOf, spec) }
}

/** The graph and its stages, with as many outputs as there are classes. */
function stagedGraph({ packed, sites, classes }: OnnxSpec): Pick<Parts, 'graph' | 'stages'> {
  const staged = (stored: StoredGraph) => {
    const graph = linkedGraph(stored)
    return { graph, stages: stagesOf(graph, sitesAt(graph, sites)) }
  }
  const stored = unpackGraph(packed)
  const { graph, stages } = staged(stored)
  if (graph.output.sizes.at(-1) === classes) return { graph, stages }
  return staged(withClasses(stored, graph, { classes, closing: stages.tail.closing }))
}

function parametersOf(graph: Graph, unitsOf: UnitsOf, spec: OnnxSpec): Parts['parameters'] {
  const filters = filtersOf(graph)
  const init = initialisers(graph, spec.fresh)
  const buffers = spec.buffers && unpackBuffers(spec.buffers)
  const norms = normArrays(graph)
  const parameters = arraysOf(graph).map((value): [string, ParameterSpec] => {
    const { array: name, kind, shape } = value
    const isNorm = (kind === 'buffer' ? norms.statistics : norms.affine).has(value)
    const order = filters.has(value) ? [2, 3, 1, 0] : shape.map((_, axis) => axis)
    const own = parameter(name, {
      shape: order.map((axis) => shape[axis]!),
      units: order.map((axis) => unitsOf(value, axis)),
      init: init(value),
      kind,
      ...(isNorm && { role: 'norm' as const }),
      layout: filters.has(value) ? 'convolution' : 'plain',
    })
    const fixed = buffers?.get(name)
    return [name, fixed ? { ...own, init: () => fromDiskLayout(own, fixed) } : own]
  })
  return new Map(parameters)
}

/** What convolutions of maps read as their filters, and nothing else does: it is held as the kernels take it. */
function filtersOf({ nodes }: Graph): ReadonlySet<GraphValue | undefined> {
  const isFilter = (operator: string, index: number, value: GraphValue | undefined) =>
    operator === 'Conv' && index === 1 && value!.shape.length === 4
  const [filters, others] = [new Set<GraphValue | undefined>(), new Set<GraphValue | undefined>()]
  for (const { operator, inputs } of nodes) {
    inputs.forEach((value, index) => (isFilter(operator, index, value) ? filters : others).add(value))
  }
  return new Set([...filters].filter((value) => !others.has(value)))
}
