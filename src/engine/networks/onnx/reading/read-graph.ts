import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { OnnxModel } from '../../../../shared/onnx-file/model.ts'
import { storedGraph, type StoredGraph } from '../graph/stored-graph.ts'
import { operators } from '../operators/index.ts'
import type { FileArrays } from './file-arrays.ts'
import { mergedGraph, type ReadOptions } from './merge.ts'
import { withPatterns } from './patterns.ts'
import { nodeRefused } from './refusals.ts'

interface ReadGraph {
  graph: StoredGraph
  arrays: FileArrays
}

/**
 * The graph of a model, at another size of its images where `side` gives one. @throws ExitlabError `data`, naming operator and module,
 * where it cannot be trained.
 */
export function readGraph(model: OnnxModel, options: ReadOptions): ReadGraph {
  const { side, ...own } = options
  const [, ...sizes] = model.inputs[0]!.shape
  if (side && sizes.length !== 3)
    throw new ExitlabError(
      'data',
      `The file ${options.file} takes no images: choose data of texts, and no size of images.`,
    )
  const isOpen = sizes.some((size) => typeof size === 'string')
  if (!side || isOpen || side.join() === sizes.slice(1).join()) return graphOf(model, options)
  const first = graphOf(model, own)
  const other = possibleGraph(model, options)
  const fixed = other ? whyFixed(first.graph, other.graph) : 'its arrays or operators are of that size'
  if (other && fixed === null) return other
  throw new ExitlabError(
    'data',
    `The file ${options.file} is of images of ${sizes.slice(1).join(' × ')} pixels, and cannot be used at ${side.join(' × ')}: ${fixed}. ` +
      `Export it again at that size (export_backbone.py --size ${side[0]}).`,
  )
}

/** Null where it is refused. */
function possibleGraph(model: OnnxModel, options: ReadOptions): ReadGraph | null {
  try {
    return graphOf(model, options)
  } catch (error) {
    if (error instanceof ExitlabError) return null
    throw error
  }
}

function graphOf(model: OnnxModel, options: ReadOptions): ReadGraph {
  const { graph: merged, arrays } = mergedGraph(model, options)
  const graph = storedGraph(withPatterns(merged))
  const unable = graph.nodes.find(({ operator }) => !operators[operator]?.run)
  if (unable) {
    const node = { operator: unable.operator, module: graph.modules[unable.module]! }
    const isNoise = unable.operator === 'RandomUniformLike'
    const what = isNoise ? 'random numbers that are neither dropout nor stochastic depth' : 'it depends on the samples'
    throw nodeRefused(options.file, { node, what, remedy: 'Rewrite that part of the network and export it again.' })
  }
  return { graph, arrays }
}

/** Operators that mean the same at any size; what the sizes of a map decide otherwise was decided at export. */
const anySize = new Set(
  (
    'Conv BatchNormalization LayerNormalization InstanceNormalization Relu Sigmoid Tanh Gelu Erf HardSwish HardSigmoid LeakyRelu Elu ' +
    'Mish Softplus Clip PRelu Add Sub Mul Div Concat Split Gemm Linear MaxPool AveragePool GlobalAveragePool GlobalMaxPool ReduceMean ' +
    'Flatten Reshape Squeeze Unsqueeze Transpose Dropout DropPath Identity Cast'
  ).split(' '),
)

/** Why a network is another one at another size; null where it is not. */
function whyFixed({ nodes, modules, constants }: StoredGraph, other: StoredGraph): string | null {
  const node = nodes.find(({ operator }) => !anySize.has(operator))
  if (node) return `${node.operator} of module ${modules[node.module]} may depend on the size`
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const isSame = same(nodes, other.nodes) && same(constants, other.constants)
  return isSame ? null : 'settings of its operators follow from the size'
}
