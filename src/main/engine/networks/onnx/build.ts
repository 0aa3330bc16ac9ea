import type { Block, Features, FeatureSpec, ForwardContext, ParameterSpec } from '../../layers/layer.ts'
import { parameter } from '../../layers/parameter.ts'
import type { Operation } from '../../layers/operations.ts'
import { tf, type Tensor } from '../../tf.ts'
import type { Backbone } from '../network.ts'
import { Call } from './call.ts'
import { withClasses } from './classes.ts'
import { shapeFor, type Graph, type GraphNode } from './graph.ts'
import { readsOf } from './features.ts'
import { filtersOf } from './filters.ts'
import { initialisers } from './initial-values.ts'
import { nodeViews } from './node-view.ts'
import { operators } from './operators/index.ts'
import { unpackGraph } from './packed-graph.ts'
import type { OnnxSpec } from './schema.ts'
import { sitesAt } from './sites.ts'
import { stagesOf, type Stage, type Stages } from './stages.ts'
import { graphUnits, type GraphUnits } from './units.ts'
import { ValueTable, type Layout, type TableGraph } from './value-table.ts'

/** A graph with everything that is derived of it. */
interface Parts {
  spec: OnnxSpec
  graph: Graph
  stages: Stages
  units: GraphUnits
  source: TableGraph
  parameters: ReadonlyMap<string, ParameterSpec>
}

/** The backbone of an ONNX file: a block runs the nodes up to its site over a table of values. */
export function build(spec: OnnxSpec): Backbone {
  const parts = partsOf(spec)
  const { stem, blocks, tail } = parts.stages
  const ports = [portOf(parts, stem, null), ...blocks.map((block, index) => portOf(parts, block, index))]
  const { value } = parts.graph.inputs[0]!
  return {
    stem: {
      ...described(parts, stem, () => 'stem'),
      outputs: ports[0]!.outputs,
      apply: (context, { images }) =>
        ports[0]!.give(run(parts, stem, { context, given: [[value, repeated(images!, spec.repeat), 'map']] })),
    },
    blocks: blocks.map((block, index) => ({
      ...described(parts, block, () => `blocks.${index}`),
      outputs: ports[index + 1]!.outputs,
      apply: (context, features) =>
        ports[index + 1]!.give(run(parts, block, { context, given: ports[index]!.take(features) })),
    })),
    classifier: {
      ...described(parts, tail, closingGroup(parts)),
      outputs: { logits: { shape: [spec.classes] } },
      apply: (context, features) => ({
        logits: run(parts, tail, { context, given: ports.at(-1)!.take(features) }).get(parts.graph.output, 'plain'),
      }),
    },
    ...inexact(parts),
  }
}

function partsOf(spec: OnnxSpec): Parts {
  const file = unpackGraph(spec.packed)
  const sites = sitesAt(file, spec.sites)
  const { closing } = stagesOf(file, sites).tail
  const graph = withClasses(file, spec.classes, closing)
  const units = graphUnits(graph)
  const filters = filtersOf(graph)
  const init = initialisers(graph, spec.fresh)
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
    }
    return [name, parameter(name, { ...options, layout: isFilter ? 'convolution' : 'plain' })] as const
  })
  const source = { graph, arrays, constants, filters }
  return { spec, graph, stages: stagesOf(graph, sites), units, source, parameters: new Map(parameters) }
}

function described(
  { graph, parameters }: Parts,
  { nodes, arrays }: Stage,
  groupOf: (array: string) => string,
): Pick<Block, 'parameters' | 'operations'> {
  const view = nodeViews(graph)
  const operations = nodes.flatMap((node) => {
    const sized = operators[node.operator]!.operations?.(view(node)) ?? []
    return sized.map((each) => ({ module: graph.modules[node.module]! || node.operator, ...each }) as Operation)
  })
  return { parameters: arrays.map((name) => ({ ...parameters.get(name)!, group: groupOf(name) })), operations }
}

/** What the last product and all behind it read is the classifier, the rest of the tail belongs to the backbone. */
function closingGroup({ source, stages: { tail } }: Parts): (array: string) => string {
  const behind = tail.nodes.slice(tail.nodes.indexOf(tail.closing!))
  const own = new Set(behind.flatMap(({ inputs }) => inputs.map((value) => source.arrays.get(value))))
  return (array) => (own.has(array) ? 'classifier' : 'tail')
}

interface Running {
  context: ForwardContext
  given: readonly (readonly [value: number, tensor: Tensor, layout: Layout])[]
}

function run({ source }: Parts, { nodes, arrays }: Stage, { context, given }: Running): ValueTable {
  const table = new ValueTable(source, context, given[0]![1].shape[0]!)
  for (const [value, tensor, layout] of given) table.set(value, tensor, layout)
  for (const node of nodes) runNode(node, table, ownerOf(node, source) ?? arrays[0] ?? null)
  return table
}

function runNode(node: GraphNode, table: ValueTable, owner: string | null): void {
  const placed = operators[node.operator]!.run!(new Call(node, table, owner))
  node.outputs.forEach((value, index) => table.set(value, placed[index]!.tensor, placed[index]!.layout))
}

/** An array that the node itself reads. */
const ownerOf = ({ inputs }: GraphNode, { arrays }: TableGraph) =>
  inputs.map((value) => arrays.get(value)).find((name) => name !== undefined)

const repeated = (images: Tensor, times = 1) => (times === 1 ? images : tf.concat(Array<Tensor>(times).fill(images), 3))

/** What a stage hands on. */
interface Port {
  outputs: Record<string, FeatureSpec>
  give(table: ValueTable): Features
  take(features: Features): [number, Tensor, Layout][]
}

/** `block`: index of a block, behind which heads read; null: the stem. */
function portOf(parts: Parts, { live }: Stage, block: number | null): Port {
  const { spec, stages, graph, units } = parts
  const site = block === null ? null : stages.blocks[block]!
  const reads = readsOf(spec.feature)
  const isMean = spec.feature === 'mean token'
  /** The value that is handed on is the feature itself, where it can be. */
  const read = site && site.live.includes(site.site.value) && !isMean ? site.site.value : null
  const nameOf = (value: number) => (value === read ? reads : `value.${value}`)
  const layoutOf = (value: number): Layout =>
    graph.shapes[value]!.length === 4 && site?.kind !== 'map-last' ? 'map' : 'plain'
  const featureOf = (value: number): FeatureSpec => {
    const [, ...shape] = shapeFor(graph.shapes[value]!, 1)
    const isMap = layoutOf(value) === 'map'
    return {
      shape: isMap ? [shape[1]!, shape[2]!, shape[0]!] : shape,
      units: units.unitsOf(value, isMap ? 1 : shape.length),
    }
  }
  const separate = (): Record<string, FeatureSpec> => {
    if (!site || read !== null) return {}
    const { shape, units: own } = featureOf(site.site.value)
    return { [reads]: { shape: isMean ? [1, shape.at(-1)!] : shape, units: own } }
  }
  return {
    outputs: { ...Object.fromEntries(live.map((value) => [nameOf(value), featureOf(value)])), ...separate() },
    give(table) {
      const features = Object.fromEntries(live.map((value) => [nameOf(value), table.get(value, layoutOf(value))]))
      if (!site || read !== null) return features
      return {
        ...features,
        [reads]: isMean ? tf.mean(features[nameOf(site.site.value)]!, 1, true) : joined(parts, site, table),
      }
    },
    take: (features) => live.map((value) => [value, features[nameOf(value)]!, layoutOf(value)]),
  }
}

/** The concatenation that the next node makes of what is handed on. */
function joined({ graph }: Parts, { site }: Stages['blocks'][number], table: ValueTable): Tensor {
  const concat = graph.nodes.find(({ outputs }) => outputs.includes(site.value))!
  runNode(concat, table, null)
  return table.get(site.value, 'map')
}

/** Gradient equilibrium scales the feature that heads read, which must be all that is handed on. */
function inexact({ spec, stages }: Parts): Pick<Backbone, 'noEquilibrium'> {
  if (spec.feature === 'mean token') return { noEquilibrium: 'heads read the mean of all tokens' }
  const parted = stages.blocks.find(({ live }) => live.length > 1)
  return parted
    ? {
        noEquilibrium: `behind ${parted.site.module} several values are handed on, of which heads read the concatenation`,
      }
    : {}
}
