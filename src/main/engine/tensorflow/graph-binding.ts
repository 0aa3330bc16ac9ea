import { ExitlabError } from '../../../shared/error.ts'
import type { Attribute } from './attributes.ts'
import { graphAttributes, writeAttributes } from './attributes.ts'
import type { CApi, Output, Pointer } from './c-api.ts'
import { dataType } from './data-types.ts'
import type { Executor, TensorMetadata } from './eager-binding.ts'
import { newHostTensor } from './host-tensor.ts'
import { check } from './status.ts'

/** Ids of symbolic tensors begin here, so that they are never taken for those of live handles. */
export const firstSymbol = 2 ** 40
let nextSymbol = firstSymbol

/** Operations whose first inputs form one list, with the number of single inputs behind it. */
const listOperations: Record<string, number> = { ConcatV2: 1, Pack: 0, AddN: 0, IdentityN: 0, Einsum: 0 }

/** Operations whose output shares the buffer of their first input. */
const aliasing = new Set(['Reshape', 'Identity', 'ExpandDims', 'Squeeze', 'StopGradient'])

/** Answers operations by adding nodes to a graph; shapes come from TensorFlow's own inference. */
export interface GraphExecutor extends Executor {
  placeholder(shape: readonly number[], dtype: number): number
  /** States the shape of a tensor that inference cannot know: what a resource holds. */
  setShape(id: number, shape: readonly number[]): void
  /** Adds an operation without outputs that runs after `after`, and returns it. */
  executeAfter(node: NodeRequest, after: readonly Pointer[]): Pointer
  /** Operations that read the buffer of a tensor, through any chain of operations that only rename it. */
  users(id: number): Pointer[]
  output(id: number): Output
  toFunction(parts: FunctionParts): Pointer
  dispose(): void
}

export interface NodeRequest {
  name: string
  attributes: readonly Attribute[]
  inputs: readonly number[]
}

export interface FunctionParts {
  name: string
  inputs: readonly number[]
  outputs: readonly number[]
  /** Operations that have to run though no output needs them. */
  controls: readonly Pointer[]
}

export function createGraphExecutor(api: CApi): GraphExecutor {
  const status = api.TF_NewStatus()
  const graph = api.TF_NewGraph()
  const symbols = new Map<number, Output>()
  /** By id: the operations that take the tensor. */
  const consumers = new Map<number, { oper: Pointer; renamed: number | null }[]>()
  /** Constants and operations, each with those it runs after. */
  const predecessors = new Map<Pointer, readonly Pointer[]>()
  let nodes = 0

  function output(id: number): Output {
    const found = symbols.get(id)
    if (!found) {
      throw new ExitlabError(
        'engine',
        'A traced function uses a tensor made outside of it: hand it in as an input or as state, or make it inside the body',
      )
    }
    return found
  }

  const newNode = (type: string) => api.TF_NewOperation(graph, type, `n${nodes++}`)

  function finish(description: Pointer, type: string): Pointer {
    const oper = api.TF_FinishOperation(description, status)
    check(api, status, `tracing ${type}`)
    return oper
  }

  function addSymbol(symbol: Output): number {
    symbols.set(nextSymbol, symbol)
    return nextSymbol++
  }

  function shapeOf(symbol: Output, type: string): number[] {
    const rank = api.TF_GraphGetTensorNumDims(graph, symbol, status)
    check(api, status, `inferring the shape of ${type}`)
    // Reserve spaces have no known rank; nobody looks at their shape.
    if (rank <= 0) return []
    const dims = new BigInt64Array(rank)
    api.TF_GraphGetTensorShape(graph, symbol, dims, rank, status)
    check(api, status, `inferring the shape of ${type}`)
    const shape = Array.from(dims, Number)
    if (shape.some((size) => size < 0)) {
      throw new ExitlabError(
        'engine',
        `The shape of ${type} depends on values not known while tracing ([${shape}]): use operations whose shapes follow from the inputs' shapes`,
      )
    }
    return shape
  }

  function addNode({ name, attributes, inputs }: NodeRequest, after: readonly Pointer[] = []): Pointer {
    const sources = inputs.map(output)
    const description = newNode(name)
    const single = listOperations[name]
    if (single === undefined) {
      for (const source of sources) api.TF_AddInput(description, source)
    } else {
      const listed = sources.length - single
      api.TF_AddInputList(description, sources.slice(0, listed), listed)
      for (const source of sources.slice(listed)) api.TF_AddInput(description, source)
    }
    for (const operation of after) api.TF_AddControlInput(description, operation)
    // The length of a list input is inferred; stating it again is an error.
    const stated = single === undefined ? attributes : attributes.filter((attribute) => attribute.name !== 'N')
    writeAttributes(graphAttributes(api, description), stated)
    const oper = finish(description, name)
    predecessors.set(oper, [...sources.map((source) => source.oper), ...after])
    return oper
  }

  function recordUse(name: string, oper: Pointer, inputs: readonly number[], results: readonly TensorMetadata[]): void {
    inputs.forEach((id, position) => {
      const renamed = position === 0 && aliasing.has(name) ? (results[0]?.id ?? null) : null
      const list = consumers.get(id)
      if (list) list.push({ oper, renamed })
      else consumers.set(id, [{ oper, renamed }])
    })
  }

  function users(id: number): Pointer[] {
    return (consumers.get(id) ?? []).flatMap(({ oper, renamed }) =>
      renamed === null ? [oper] : [oper, ...users(renamed)],
    )
  }

  /** What it takes to compute `ends`, without the inputs. The rest (the gradient of the images, say) would be computed for nothing. */
  function needed(ends: readonly Pointer[]): Pointer[] {
    const found = new Set<Pointer>()
    const open = [...ends]
    for (let oper = open.pop(); oper !== undefined; oper = open.pop()) {
      if (found.has(oper) || !predecessors.has(oper)) continue
      found.add(oper)
      open.push(...predecessors.get(oper)!)
    }
    return [...found]
  }

  return {
    createTensor(shape, dtype, values) {
      const tensor = newHostTensor(api, shape, dtype, values)
      const description = newNode('Const')
      api.TF_SetAttrTensor(description, 'value', tensor, status)
      api.TF_DeleteTensor(tensor)
      api.TF_SetAttrType(description, 'dtype', dtype)
      const oper = finish(description, 'a constant')
      predecessors.set(oper, [])
      return addSymbol({ oper, index: 0 })
    },

    // Symbols cost nothing and die with the graph; state may still need one whose tensor the body has disposed of.
    deleteTensor: () => {},

    tensorDataSync() {
      throw new ExitlabError(
        'engine',
        'A traced function reads a value, which is not known while tracing: compute with tensors, and read what the function returns',
      )
    },

    executeOp(name, attributes, inputs, outputCount) {
      const oper = addNode({ name, attributes, inputs })
      const results = Array.from({ length: outputCount }, (_, index) => {
        const symbol = { oper, index }
        return { id: addSymbol(symbol), shape: shapeOf(symbol, name), dtype: api.TF_OperationOutputType(symbol) }
      })
      recordUse(name, oper, inputs, results)
      return results
    },

    placeholder(shape, dtype) {
      const description = newNode('Placeholder')
      api.TF_SetAttrType(description, 'dtype', dtype)
      const dims = BigInt64Array.from(shape, BigInt)
      if (dtype !== dataType.resource) api.TF_SetAttrShape(description, 'shape', dims, shape.length)
      return addSymbol({ oper: finish(description, 'an input'), index: 0 })
    },

    setShape(id, shape) {
      api.TF_GraphSetTensorShape(graph, output(id), BigInt64Array.from(shape, BigInt), shape.length, status)
      check(api, status, `stating shape [${shape}]`)
    },

    executeAfter: addNode,
    users,
    output,

    toFunction({ name, inputs, outputs, controls }) {
      const operations = needed([...outputs.map((id) => output(id).oper), ...controls])
      const fn = api.TF_GraphToFunctionWithControlOutputs(
        graph,
        name,
        0,
        operations.length,
        operations,
        inputs.length,
        inputs.map(output),
        outputs.length,
        outputs.map(output),
        null,
        controls.length,
        [...controls],
        controls.map((_, index) => `update${index}`),
        null,
        null,
        status,
      )
      check(api, status, `making function ${name}`)
      return fn
    },

    dispose() {
      api.TF_DeleteGraph(graph)
      api.TF_DeleteStatus(status)
    },
  }
}
