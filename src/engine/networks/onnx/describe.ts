import { passingInWords, type NetworkFile, type NetworkReport } from '../../../shared/network/network-file.ts'
import type { OnnxModel } from '../../../shared/onnx-file/model.ts'
import { keptOfFile } from './building/fresh-start.ts'
import { arraysOf, type Graph } from './graph/graph.ts'
import { linkedGraph } from './graph/linked-graph.ts'
import { graphText, packGraph } from './graph/stored-graph.ts'
import type { FileArrays } from './reading/file-arrays.ts'
import { readGraph } from './reading/read-graph.ts'
import { fileRefused } from './reading/refusals.ts'
import { samplesOf } from './reading/samples.ts'
import { reportOf } from './report.ts'
import { featureShape, kindOf } from './sites/features.ts'
import { skipsOf } from './sites/leading-past.ts'
import type { Site } from './sites/modules.ts'
import { namedSites } from './sites/named-sites.ts'
import { findSites } from './sites/sites.ts'
import { stagesOf, type Stages } from './sites/stages.ts'

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
  const { graph: stored, arrays } = readGraph(model, options)
  const graph = linkedGraph(stored)
  const samples = samplesOf(graph, arrays, options.file)
  const sites = chosenSites(graph, options)
  const stages = stagesOf(graph, sites)
  refuseShared(stages, options.file)
  const kind = kindOf(sites[0]!.value)!
  const file: NetworkFile = {
    sha256: options.sha256,
    graph: options.hash(graphText(stored)),
    packed: packGraph(stored),
    title: arrays.about.title ?? 'ONNX network',
    feature: kind === 'tokens' ? `${stages.token} token` : kind,
    sites: sites.map(({ module, after, value }) => ({ module, after, shape: featureShape(value) })),
    samples,
    classes: graph.output.sizes.at(-1)!,
    counters: arrays.about.counters,
    ...tiedNames(graph, arrays, options.file),
    ...keptOfFile(graph, arrays, options.hash),
    notes: notesOf(graph, arrays),
  }
  return { file, report: { ...reportOf(graph, file, stages), skips: skipsOf(graph, sites) } }
}

function chosenSites(graph: Graph, { file, sites: names }: DescribeOptions): Site[] {
  const refuse = (what: string) => fileRefused(file, what)
  const [samples, classes, ...others] = graph.output.sizes
  if (samples !== -1 || !classes || others.length > 0) {
    const sizes = graph.output.sizes.map((size) => (size === -1 ? 'samples' : size))
    throw refuse(`expected logits [samples, classes] as its output; got [${sizes.join(', ')}]`)
  }
  const found = names ? namedSites(graph, names) : findSites(graph)
  if ('refused' in found) throw refuse(found.refused)
  if (found.length >= 2) return found
  const skips = skipsOf(graph, found).map((skip) => `; ${passingInWords(skip, skip.past.join(', '))}`)
  throw refuse(
    `no repeated modules were found that exits could sit behind${skips.join('')}. Name the modules that blocks end with (network.sites)`,
  )
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
function tiedNames(graph: Graph, { about }: FileArrays, file: string): Pick<NetworkFile, 'tied'> {
  const used = namesOf(graph)
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

const namesOf = (graph: Graph) => new Set(arraysOf(graph).map(({ array }) => array))

function notesOf(graph: Graph, { about }: FileArrays): string[] {
  const used = namesOf(graph)
  const frozen = about.frozen.filter((name) => used.has(name))
  return [
    about.parameters === null &&
      'The file was not written by export_backbone.py: all arrays but running statistics are trained, as it does not say which are ' +
        'buffers; dropout and stochastic depth are missing if it was exported in evaluation mode.',
    frozen.length > 0 &&
      `${frozen.length} arrays that were frozen in PyTorch are trained: ${frozen.slice(0, 3).join(', ')} …`,
  ].filter((note) => note !== false)
}
