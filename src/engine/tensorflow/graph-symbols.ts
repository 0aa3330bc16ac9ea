import { ExitlabError } from '../../shared/basics/error.ts'
import type { Output } from './c-api.ts'
import type { Graph } from './graph-nodes.ts'
import { check } from './status.ts'

/** Ids of symbolic tensors begin here, so that they are never taken for those of live handles. */
export const firstSymbol = 2 ** 40
let nextSymbol = firstSymbol

/** The tensors of one graph: id → output of an operation. */
export interface Symbols {
  add(output: Output): number
  get(id: number): Output
}

export function createSymbols(): Symbols {
  const outputs = new Map<number, Output>()
  return {
    add(output) {
      outputs.set(nextSymbol, output)
      return nextSymbol++
    },
    get(id) {
      const output = outputs.get(id)
      if (output) return output
      throw new ExitlabError(
        'engine',
        'A traced function uses a tensor made outside it: pass it as an input or as state, or make it inside the body',
      )
    },
  }
}

/**
 * The shape of an output, as TensorFlow infers it.
 * @throws ExitlabError `engine` where it depends on values.
 */
export function inferredShape({ api, graph, status }: Graph, output: Output, operation: string): number[] {
  const rank = api.TF_GraphGetTensorNumDims(graph, output, status)
  check(api, status, `inferring the shape of ${operation}`)
  // Reserve spaces have no known rank; their shape is not used.
  if (rank <= 0) return []
  const dims = new BigInt64Array(rank)
  api.TF_GraphGetTensorShape(graph, output, dims, rank, status)
  check(api, status, `inferring the shape of ${operation}`)
  const shape = Array.from(dims, Number)
  if (shape.every((size) => size >= 0)) return shape
  throw new ExitlabError(
    'engine',
    `The shape of ${operation} depends on values not known while tracing ([${shape}]): use operations whose shapes follow from the inputs' shapes`,
  )
}
