import { numbersOf, type OnnxModel, type OnnxTensor } from '../../../onnx-file/model.ts'
import type { FileArrays } from './file-arrays.ts'
import { fixedBuffers } from './fixed-buffers.ts'
import { shapeFor, type Graph } from './graph.ts'
import type { NetworkFile, NetworkReport, SiteFeature } from '../../../../shared/network-file.ts'
import { graphText, packGraph } from './packed-graph.ts'
import { fileRefused } from './problem.ts'
import { readGraph } from './read-graph.ts'
import { reportOf } from './report.ts'
import { samplesOf } from './file-samples.ts'
import { channelAxes } from './channel-axes.ts'
import { findSites, kindOf, sitesOfModules, type Site, type SiteKind } from './sites.ts'
import { stagesOf, type Stages } from './stages.ts'

export interface DescribeOptions {
  file: string
  sha256: string
  /** SHA-256. */
  hash: (content: string | Uint8Array) => string
  /** Height and width of the images; default: the file's. */
  side?: readonly [number, number] | undefined
  /** Modules that blocks end with; default: those that are found. */
  sites?: readonly string[] | undefined
}

/**
 * What an ONNX file is as a network: its graph, the sites for exits, and what is to be known of it.
 * @throws ExitlabError `data`, naming operator and module and what to do, where it cannot become a multi-exit network.
 */
export function describeNetwork(
  model: OnnxModel,
  options: DescribeOptions,
): { file: NetworkFile; report: NetworkReport } {
  const { graph, arrays } = readGraph(model, options)
  const samples = samplesOf(graph, arrays, options.file)
  const sites = chosenSites(graph, options)
  const stages = stagesOf(graph, sites)
  refuseShared(stages, options.file)
  const axes = channelAxes(graph)
  const text = graphText(graph)
  const fresh = freshValues(graph, arrays)
  const file: NetworkFile = {
    sha256: options.sha256,
    graph: options.hash(text),
    packed: packGraph(graph),
    title: arrays.about.title ?? 'ONNX network',
    feature: featureOf(kindOf(graph, sites[0]!.value, axes)!, stages),
    sites: sites.map(({ module, after, value }) => ({ module, after, shape: featureShape(graph, value, axes) })),
    samples,
    classes: graph.shapes[graph.output]!.at(-1)!,
    counters: arrays.about.counters,
    ...tiedNames(graph, arrays, options.file),
    fresh,
    ...fixedBuffers(graph, arrays, { own: fresh, hash: options.hash }),
    notes: notesOf(graph, arrays),
  }
  return { file, report: reportOf(graph, file, stages) }
}

function chosenSites(graph: Graph, { file, sites: names }: DescribeOptions): Site[] {
  const refuse = (what: string) => fileRefused(file, what)
  const [samples, classes, ...others] = graph.shapes[graph.output]!
  if (samples !== -1 || !classes || others.length > 0) {
    const sizes = graph.shapes[graph.output]!.map((size) => (size === -1 ? 'samples' : size))
    throw refuse(`expected logits [samples, classes] as its output; got [${sizes.join(', ')}]`)
  }
  const found = names ? sitesOfModules(graph, names) : findSites(graph)
  if (!Array.isArray(found))
    throw refuse(
      `no point that all paths lead through ends the module ${found.unknown}. Modules are such as ${graph.modules.slice(0, 5).join(', ')}`,
    )
  if (found.length < 2)
    throw refuse(
      'no repeated modules were found that exits could sit behind. Name the modules that blocks end with (network.sites)',
    )
  return found
}

/** One array that two stages read would be trained by one of them alone. */
function refuseShared({ stem, blocks, tail }: Stages, file: string): void {
  const stages = [
    ['the stem', stem],
    ...blocks.map((block) => [block.site.module, block] as const),
    ['the classifier', tail],
  ] as const
  const readers = new Map<string, string>()
  for (const [name, { arrays }] of stages) {
    for (const array of arrays) {
      const other = readers.get(array)
      if (other !== undefined)
        throw fileRefused(
          file,
          `${other} and ${name} share the array ${array} (tied weights, or arrays of equal values that the export has merged). ` +
            'Tied weights are not supported; merged ones are separate with export_backbone.py (exitlab export-backbone --help)',
        )
      readers.set(array, name)
    }
  }
}

/**
 * Names that arrays have besides the one in the file, of which an export writes them as well. @throws ExitlabError `data` where the file
 * has the array under several names, which would be trained apart.
 */
function tiedNames({ arrays }: Graph, { about }: FileArrays, file: string): Pick<NetworkFile, 'tied'> {
  const used = new Set(arrays.map(({ name }) => name))
  const entries = about.tied.flatMap((names) => {
    const [own, ...others] = names.filter((name) => used.has(name))
    if (own !== undefined && others.length > 0)
      throw fileRefused(
        file,
        `${[own, ...others].join(' and ')} are one array in PyTorch, and several in the file. Export it with export_backbone.py`,
      )
    return own === undefined ? [] : names.flatMap((name) => (name === own ? [] : [[name, own] as const]))
  })
  return entries.length === 0 ? {} : { tied: Object.fromEntries(entries) }
}

const featureOf = (kind: SiteKind, { token }: Stages): SiteFeature => (kind === 'tokens' ? `${token} token` : kind)

/** As heads take it: maps [height, width, channels]. */
function featureShape(graph: Graph, value: number, axes: ReadonlyMap<number, number>): number[] {
  const [, ...shape] = shapeFor(graph.shapes[value]!, 1)
  return kindOf(graph, value, axes) === 'map' ? [shape[1]!, shape[2]!, shape[0]!] : shape
}

/** Arrays that have one value, such as scales of 1: initial values that PyTorch's module has given them. */
function freshValues({ arrays }: Graph, file: FileArrays): Record<string, number> {
  const isConstant = (tensor: OnnxTensor) => {
    const values = numbersOf(tensor)!
    for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return false
    return values.length > 0 && Number.isFinite(values[0])
  }
  const constant = arrays.filter(({ name }) => isConstant(file.arrays.get(name)!))
  return Object.fromEntries(constant.map(({ name }) => [name, numbersOf(file.arrays.get(name)!)![0]!]))
}

function notesOf({ arrays }: Graph, { about }: FileArrays): string[] {
  const used = new Set(arrays.map(({ name }) => name))
  const frozen = about.frozen.filter((name) => used.has(name))
  return [
    about.parameters === null &&
      'The file was not written by export_backbone.py: all arrays but running statistics are trained, as it does not say which are ' +
        'buffers; dropout and stochastic depth are missing if it was exported in evaluation mode.',
    frozen.length > 0 &&
      `${frozen.length} arrays that were frozen in PyTorch are trained: ${frozen.slice(0, 3).join(', ')} …`,
  ].filter((note) => note !== false)
}
