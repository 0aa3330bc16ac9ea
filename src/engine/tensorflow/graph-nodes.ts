import type { Attribute } from './attribute.ts'
import { graphAttributes, writeAttributes } from './attribute-writer.ts'
import type { CApi, Output, Pointer } from './c-api.ts'
import { dataType } from './data-types.ts'
import { newHostTensor } from './host-tensor.ts'
import { check } from './status.ts'

/** A TF_Graph under construction, and the TF_Status of its calls. */
export interface Graph {
  api: CApi
  graph: Pointer
  status: Pointer
}

interface OperationNode {
  name: string
  attributes: readonly Attribute[]
  inputs: readonly Output[]
  /** Operations that it waits for though it takes nothing from them. */
  after: readonly Pointer[]
}

/** The nodes of one graph. */
export interface Nodes {
  placeholder(shape: readonly number[], dtype: number): Pointer
  constant(shape: readonly number[], dtype: number, values: ArrayLike<number> | ArrayBufferView): Pointer
  operation(node: OperationNode): Pointer
  /** Operations needed to compute `ends`, without placeholders; others (such as the gradient of the images) are dropped. */
  needed(ends: readonly Pointer[]): Pointer[]
}

export function createNodes(target: Graph): Nodes {
  const { api, graph, status } = target
  /** By constant or operation: its control dependencies. */
  const predecessors = new Map<Pointer, readonly Pointer[]>()
  let count = 0

  const begin = (type: string) => api.TF_NewOperation(graph, type, `n${count++}`)

  function finish(description: Pointer, type: string): Pointer {
    const operation = api.TF_FinishOperation(description, status)
    check(api, status, `tracing ${type}`)
    return operation
  }

  return {
    placeholder(shape, dtype) {
      const description = begin('Placeholder')
      api.TF_SetAttrType(description, 'dtype', dtype)
      const dims = BigInt64Array.from(shape, BigInt)
      if (dtype !== dataType.resource) api.TF_SetAttrShape(description, 'shape', dims, shape.length)
      return finish(description, 'an input')
    },

    constant(shape, dtype, values) {
      const tensor = newHostTensor(api, shape, dtype, values)
      const description = begin('Const')
      api.TF_SetAttrTensor(description, 'value', tensor, status)
      api.TF_DeleteTensor(tensor)
      api.TF_SetAttrType(description, 'dtype', dtype)
      const operation = finish(description, 'a constant')
      predecessors.set(operation, [])
      return operation
    },

    operation(node) {
      const description = begin(node.name)
      describe(target, description, node)
      const operation = finish(description, node.name)
      predecessors.set(operation, [...node.inputs.map(({ oper }) => oper), ...node.after])
      return operation
    },

    needed: (ends) => reachable(ends, predecessors),
  }
}

/** Operations whose first inputs form one list, with the number of single inputs behind it. */
const listOperations: Record<string, number> = { ConcatV2: 1, Pack: 0, AddN: 0, IdentityN: 0, Einsum: 0 }

function describe({ api }: Graph, description: Pointer, { name, attributes, inputs, after }: OperationNode): void {
  const single = listOperations[name]
  const listed = single === undefined ? 0 : inputs.length - single
  if (single !== undefined) api.TF_AddInputList(description, inputs.slice(0, listed), listed)
  for (const input of inputs.slice(listed)) api.TF_AddInput(description, input)
  for (const operation of after) api.TF_AddControlInput(description, operation)
  // The length of a list input is inferred; stating it again is an error.
  const stated = single === undefined ? attributes : attributes.filter((attribute) => attribute.name !== 'N')
  writeAttributes(graphAttributes(api, description), stated)
}

function reachable(ends: readonly Pointer[], predecessors: ReadonlyMap<Pointer, readonly Pointer[]>): Pointer[] {
  const found = new Set<Pointer>()
  const open = [...ends]
  for (let operation = open.pop(); operation !== undefined; operation = open.pop()) {
    const before = predecessors.get(operation)
    if (!before || found.has(operation)) continue
    found.add(operation)
    open.push(...before)
  }
  return [...found]
}
