import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import { ExitlabError } from '../../../../shared/error.ts'
import { graphSchema, type Graph } from './graph.ts'

/** JSON of a graph: the text that its hash is of. */
export const graphText = (graph: Graph): string => JSON.stringify(graph)

/** A graph as specifications of networks hold it: some thousand characters. */
export const packGraph = (graph: Graph): string =>
  Buffer.from(deflateSync(strToU8(graphText(graph)))).toString('base64')

/** Characters of a graph; the largest that were tried have a quarter of a million. */
const longest = 1 << 26
const lately = new Map<string, Graph>()
/** Graphs that are kept: those of an experiment are asked for again and again. */
const most = 8

/** @throws ExitlabError `checkpoint-damaged` where it is no graph. */
export function unpackGraph(packed: string): Graph {
  const known = lately.get(packed)
  if (known) return known
  const graph = parsed(packed)
  lately.set(packed, graph)
  if (lately.size > most) lately.delete(lately.keys().next().value!)
  return graph
}

function parsed(packed: string): Graph {
  try {
    const text = inflateSync(Buffer.from(packed, 'base64'))
    if (text.length > longest) throw new Error('it is too long')
    return graphSchema.parse(JSON.parse(strFromU8(text)))
  } catch (error) {
    throw new ExitlabError('checkpoint-damaged', `The graph of the network cannot be read: ${(error as Error).message}`)
  }
}
