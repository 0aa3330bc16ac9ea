import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { neededNodes, type Graph, type GraphValue } from './graph.ts'

const element = z.enum(['float32', 'int32', 'bool'])
const setting = z.union([z.number(), z.string(), z.array(z.number())])

/** A graph as JSON, complete without the file that it was read from; its values are their numbers. */
const schema = z.strictObject({
  format: z.literal(1),
  inputs: z.array(z.strictObject({ name: z.string(), value: z.int(), type: element })),
  output: z.int(),
  /** Sizes of each value: −k stands for k times the number of samples. */
  shapes: z.array(z.array(z.int())),
  /** Names of PyTorch's modules that nodes belong to. */
  modules: z.array(z.string()),
  /** In the order they run; an input of −1 is left out. */
  nodes: z.array(
    z.strictObject({
      operator: z.string(),
      inputs: z.array(z.int()),
      outputs: z.array(z.int()),
      module: z.int(),
      settings: z.record(z.string(), setting).optional(),
    }),
  ),
  /** Parameters and buffers, by PyTorch's names; in PyTorch's layout. */
  arrays: z.array(z.strictObject({ name: z.string(), value: z.int(), kind: z.enum(['parameter', 'buffer']) })),
  constants: z.array(z.strictObject({ value: z.int(), type: element, data: z.array(z.number()) })),
})
export type StoredGraph = z.infer<typeof schema>

/**
 * What the output of a graph needs, its values numbered in the order they are first met: equal for equal networks. Keys keep the order
 * that they have in nodes, since phases are identified by the hash of the text.
 */
export function storedGraph({ inputs, output, nodes }: Graph): StoredGraph {
  const numbers = new Map<GraphValue, number>()
  const number = (value: GraphValue | undefined) => {
    if (!value) return -1
    if (!numbers.has(value)) numbers.set(value, numbers.size)
    return numbers.get(value)!
  }
  const needed = neededNodes(nodes, [output])
  const modules = [...new Set(needed.map(({ module }) => module))]
  const moduleNumbers = new Map(modules.map((module, index) => [module, index]))
  const ports = inputs.map(({ name, value }) => ({ name, value: number(value), type: value.type }))
  const written = needed.map((node) => ({
    ...node,
    inputs: node.inputs.map(number),
    outputs: node.outputs.map(number),
    module: moduleNumbers.get(node.module)!,
  }))
  const met = [...numbers.keys()]
  return {
    format: 1,
    inputs: ports,
    shapes: met.map(({ sizes }) => [...sizes]),
    nodes: written,
    arrays: met.flatMap(({ array, kind }, value) => (array === undefined ? [] : { name: array, value, kind: kind! })),
    constants: met.flatMap(({ known, type }, value) => (known ? { value, type, data: Array.from(known) } : [])),
    output: number(output),
    modules,
  }
}

/** The text that the hash of a graph is of. */
export const graphText = (graph: StoredGraph): string => JSON.stringify(graph)

/** A graph as specifications of networks hold it: some thousand characters. */
export const packGraph = (graph: StoredGraph): string =>
  Buffer.from(deflateSync(strToU8(graphText(graph)))).toString('base64')

/** Characters of a graph; the largest that were tried have a quarter of a million. */
const longest = 1 << 26
/** Graphs that are kept: those of an experiment are asked for again and again. */
const lately = new LRUCache<string, StoredGraph>({ max: 8, memoMethod: (packed) => parsed(packed) })

/** @throws ExitlabError `checkpoint-damaged` where it is no graph. */
export const unpackGraph = (packed: string): StoredGraph => lately.memo(packed)

function parsed(packed: string): StoredGraph {
  try {
    const text = inflateSync(Buffer.from(packed, 'base64'))
    if (text.length > longest) throw new Error('it is too long')
    return schema.parse(JSON.parse(strFromU8(text)))
  } catch (error) {
    throw new ExitlabError('checkpoint-damaged', `The graph of the network cannot be read: ${(error as Error).message}`)
  }
}
