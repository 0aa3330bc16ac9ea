import { ExitlabError } from '../../shared/basics/error.ts'
import type { Precision } from '../../shared/experiment/precision.ts'
import type { CApi, Pointer } from './c-api.ts'
import type { Executor } from './executor.ts'
import type { Requested } from './graph-formats.ts'
import { createFormats } from './graph-formats.ts'
import { graphToFunction } from './graph-function.ts'
import type { Graph } from './graph-nodes.ts'
import { createNodes } from './graph-nodes.ts'
import { createSymbols, inferredShape } from './graph-symbols.ts'
import { createUsage } from './graph-usage.ts'
import { check } from './status.ts'

/** Answers operations by adding nodes to a graph; shapes come from TensorFlow's own inference. */
export interface GraphExecutor extends Executor {
  placeholder(shape: readonly number[], dtype: number): number
  /** Sets the shape of a tensor that inference cannot know: the value of a resource. */
  setShape(id: number, shape: readonly number[]): void
  /** Adds an operation without outputs that runs after `after`, and returns it. */
  executeAfter(request: Requested, after: readonly Pointer[]): Pointer
  /** The operation that gives a tensor. */
  source(id: number): Pointer
  /** Operations that read the buffer of a tensor, through any chain of operations that only rename it. */
  users(id: number): Pointer[]
  /** The traced graph as a TF_Function, which the caller deletes. */
  toFunction(request: FunctionRequest): Pointer
  dispose(): void
}

interface FunctionRequest {
  name: string
  inputs: readonly number[]
  outputs: readonly number[]
  /** Operations that have to run though no output needs them. */
  controls: readonly Pointer[]
}

export function createGraphExecutor(api: CApi, precision: Precision = 'float32'): GraphExecutor {
  const target: Graph = { api, graph: api.TF_NewGraph(), status: api.TF_NewStatus() }
  const nodes = createNodes(target)
  const symbols = createSymbols()
  const usage = createUsage()
  const formats = createFormats({ target, nodes, symbols, usage }, precision)

  return {
    precision,

    createTensor: (shape, dtype, values) => symbols.add({ oper: nodes.constant(shape, dtype, values), index: 0 }),

    // Symbols cost nothing and are freed with the graph; state may still need one whose tensor the body has disposed of.
    deleteTensor: () => {},

    tensorDataSync() {
      throw new ExitlabError(
        'engine',
        'A traced function reads a value, which is not known while tracing: compute with tensors, and read what the function returns',
      )
    },

    executeOp(name, attributes, inputs, outputCount) {
      const operation = nodes.operation({ name, ...formats.place({ name, attributes, inputs }), after: [] })
      const results = Array.from({ length: outputCount }, (_, index) => {
        const output = { oper: operation, index }
        const shape = inferredShape(target, output, name)
        return { id: symbols.add(output), shape, dtype: formats.seenType(output) }
      })
      usage.record({ name, operation, inputs, outputs: results.map(({ id }) => id) })
      return results
    },

    executeAfter: ({ name, attributes, inputs }, after) =>
      nodes.operation({ name, attributes, inputs: inputs.map(formats.float32), after }),

    placeholder: (shape, dtype) => symbols.add({ oper: nodes.placeholder(shape, dtype), index: 0 }),

    setShape(id, shape) {
      const dims = BigInt64Array.from(shape, BigInt)
      api.TF_GraphSetTensorShape(target.graph, symbols.get(id), dims, shape.length, target.status)
      check(api, target.status, `stating shape [${shape}]`)
    },

    source: (id) => symbols.get(id).oper,
    users: usage.users,

    toFunction({ name, inputs, outputs, controls }) {
      const ends = outputs.map(formats.float32)
      const operations = nodes.needed([...ends.map(({ oper }) => oper), ...controls])
      return graphToFunction(target, { name, operations, inputs: inputs.map(symbols.get), outputs: ends, controls })
    },

    dispose() {
      api.TF_DeleteGraph(target.graph)
      api.TF_DeleteStatus(target.status)
    },
  }
}
