import { macsOf, type Operation } from '../../layers/operations.ts'
import type { SampleSpec } from '../../../../shared/network.ts'
import type { FileSamples, NetworkFile, NetworkReport } from '../../../../shared/network-file.ts'
import { partsOfBlock } from './block-parts.ts'
import { build } from './build.ts'
import { onnx } from './family.ts'
import type { Graph } from './graph.ts'
import { sizeOf } from './shapes.ts'
import type { Stages } from './stages.ts'
import { graphUnits } from './units.ts'

/** What is to be said of a network in a file, for samples as it takes them. */
export function reportOf(graph: Graph, file: NetworkFile, stages: Stages): NetworkReport {
  const { title, feature, sites, samples, classes, notes } = file
  const choice = { family: 'onnx' as const, file: '', start: 'file' as const, exits: [] }
  const { stem, blocks, classifier, noEquilibrium } = build(onnx.resolve(choice, asTaken(samples, classes), file))
  let passed = macsOfAll(stem.operations)
  const behind = blocks.map(({ operations }) => (passed += macsOfAll(operations)))
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
      parameters: parametersOf(graph, stages.blocks[index]!.arrays),
      parts: partsOfBlock(graph, stages.blocks[index]!.nodes),
    })),
    backboneMacs: passed + macsOfAll(classifier.operations),
    noEquilibrium: noEquilibrium ?? null,
    notes,
  }
}

const parametersOf = ({ arrays, shapes }: Graph, names: readonly string[]) =>
  arrays
    .filter(({ name, kind }) => kind === 'parameter' && names.includes(name))
    .reduce((sum, { value }) => sum + sizeOf(shapes[value]!), 0)

const macsOfAll = (operations: readonly Operation[]) => operations.reduce((sum, each) => sum + macsOf(each), 0)

function asTaken(samples: FileSamples, classes: number): SampleSpec {
  if (samples.kind === 'text')
    return { kind: 'text', vocabulary: samples.vocabulary, maxLength: samples.length, classes }
  const [height, width, channels] = samples.shape
  return { kind: 'images', height, width, channels, pad: 0, classes, normalisation: { mean: [], std: [] } }
}

function countsOf(graph: Graph): Pick<NetworkReport, 'parameters' | 'operators' | 'matchedShare'> {
  const { arrays, shapes, nodes } = graph
  const { unitsOf } = graphUnits(graph)
  const isMatched = ({ value }: Graph['arrays'][number]) => shapes[value]!.some((_, axis) => unitsOf(value, axis))
  const parameters = arrays.filter(({ kind }) => kind === 'parameter')
  const sizes = (some: typeof parameters) => some.reduce((sum, { value }) => sum + sizeOf(shapes[value]!), 0)
  const counts = Array.from(
    Map.groupBy(nodes, ({ operator }) => operator),
    ([name, all]) => [name, all.length] as const,
  )
  return {
    parameters: sizes(parameters),
    operators: Object.fromEntries(counts.sort(([, a], [, b]) => b - a)),
    matchedShare: sizes(parameters.filter(isMatched)) / sizes(parameters),
  }
}
