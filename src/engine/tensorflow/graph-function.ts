import type { Output, Pointer } from './c-api.ts'
import type { Graph } from './graph-nodes.ts'
import { check } from './status.ts'

interface FunctionParts {
  name: string
  /** The operations of the body. */
  operations: Pointer[]
  inputs: Output[]
  outputs: Output[]
  /** Operations that have to run though no output needs them. */
  controls: readonly Pointer[]
}

/** Part of a graph as a TF_Function, which the caller deletes. */
export function graphToFunction({ api, graph, status }: Graph, parts: FunctionParts): Pointer {
  const { name, operations, inputs, outputs, controls } = parts
  const fn = api.TF_GraphToFunctionWithControlOutputs(
    graph,
    name,
    0,
    operations.length,
    operations,
    inputs.length,
    inputs,
    outputs.length,
    outputs,
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
}
