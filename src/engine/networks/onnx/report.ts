import type { FileSamples, NetworkFile, NetworkReport } from '../../../shared/network/network-file.ts'
import type { SampleSpec } from '../../../shared/network/network.ts'
import { total } from '../../layers/operations.ts'
import { build } from './build.ts'
import { onnx } from './family.ts'
import { arraysOf, type ArrayValue, type Graph, type Node } from './graph/graph.ts'
import { sizeOf } from './graph/shapes.ts'
import { graphUnits } from './matching/units.ts'
import type { Stages } from './sites/stages.ts'

/** What is to be said of a network in a file, for samples as it takes them. */
export function reportOf(graph: Graph, file: NetworkFile, stages: Stages): Omit<NetworkReport, 'skips'> {
  const { title, feature, sites, samples, classes, notes } = file
  const choice = { family: 'onnx' as const, file: '', start: 'file' as const, exits: [] }
  const { stem, blocks, classifier, noEquilibrium } = build(onnx.resolve(choice, asTaken(samples, classes), file))
  let passed = total(stem.operations)
  const sizes = parameterSizes(graph)
  const behind = blocks.map(({ operations }) => (passed += total(operations)))
  return {
    title,
    inputShape: samples.kind === 'text' ? [samples.length] : [...samples.shape],
    vocabulary: samples.kind === 'text' ? samples.vocabulary : null,
    classes,
    ...countsOf(graph),
    feature,
    sites: sites.map(({ module, shape }, index) => ({
      module,
      shape,
      macs: behind[index]!,
      parameters: stages.blocks[index]!.arrays.reduce((sum, array) => sum + (sizes.get(array) ?? 0), 0),
      parts: partsOfBlock(stages.blocks[index]!.nodes),
    })),
    backboneMacs: passed + total(classifier.operations),
    noEquilibrium: noEquilibrium ?? null,
    notes,
  }
}

type Part = NetworkReport['sites'][number]['parts'][number]

/** The modules of a block in the order they run; nodes of one module in a row are one part. */
function partsOfBlock(nodes: readonly Node[]): Part[] {
  const parts: Part[] = []
  for (const { module, operator, outputs } of nodes) {
    const shape = outputs[0]!.shape.slice(1)
    const last = parts.at(-1)
    if (last?.module !== module) parts.push({ module, operators: [operator], shape })
    else Object.assign(last, { operators: [...last.operators, operator], shape })
  }
  return parts
}

/** Numbers of each parameter, by name. */
const parameterSizes = (graph: Graph): ReadonlyMap<string, number> =>
  new Map(arraysOf(graph).flatMap(({ array, kind, shape }) => (kind === 'parameter' ? [[array, sizeOf(shape)]] : [])))

/** Numbers of the parameters that are counted. */
const parametersOf = (graph: Graph, isCounted: (value: ArrayValue) => boolean) =>
  arraysOf(graph).reduce(
    (sum, value) => sum + (value.kind === 'parameter' && isCounted(value) ? sizeOf(value.shape) : 0),
    0,
  )

function asTaken(samples: FileSamples, classes: number): SampleSpec {
  if (samples.kind === 'text')
    return { kind: 'text', vocabulary: samples.vocabulary, maxLength: samples.length, classes }
  const [height, width, channels] = samples.shape
  return { kind: 'images', height, width, channels, pad: 0, classes, normalisation: { mean: [], std: [] } }
}

function countsOf(graph: Graph): Pick<NetworkReport, 'parameters' | 'operators' | 'matchedShare'> {
  const unitsOf = graphUnits(graph)
  const parameters = parametersOf(graph, () => true)
  const matched = parametersOf(graph, (value) => value.shape.some((_, axis) => unitsOf(value, axis)))
  const counts = Array.from(
    Map.groupBy(graph.nodes, ({ operator }) => operator),
    ([name, all]) => [name, all.length] as const,
  )
  return {
    parameters,
    operators: Object.fromEntries(counts.sort(([, a], [, b]) => b - a)),
    matchedShare: matched / parameters,
  }
}
