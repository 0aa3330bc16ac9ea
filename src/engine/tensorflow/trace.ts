import { ExitlabError } from '../../shared/basics/error.ts'
import type { Precision } from '../../shared/experiment/precision.ts'
import type { Pointer } from './c-api.ts'
import { dataType } from './data-types.ts'
import type { GraphExecutor } from './graph-executor.ts'
import { createGraphExecutor } from './graph-executor.ts'
import { openResourceScope } from './resource-scope.ts'
import type { Runtime } from './runtime.ts'
import type { StateScope } from './state.ts'
import { check, withStatus } from './status.ts'
import type { Tensor, TensorRecord } from './tfjs.ts'
import { tf } from './tfjs.ts'
import { traceVariables } from './traced-variables.ts'

/** Body of a traced function. Runs once for each shape, on symbols. */
export type Body = (inputs: TensorRecord, state: StateScope) => TensorRecord

/** A function registered with TensorFlow's context. */
export interface TensorFlowFunction {
  name: string
  /** State arrays it takes behind its inputs, in order. */
  stateNames: readonly string[]
  outputNames: readonly string[]
  /** Takes it out of the context again. */
  dispose(): void
}

interface TraceRequest {
  name: string
  body: Body
  inputs: TensorRecord
  /** Shape of a state array. */
  stateShape: (name: string) => readonly number[]
  precision: Precision
}

/** Runs `body` on symbols and registers the graph that it draws as a function. */
export function traceFunction(runtime: Runtime, request: TraceRequest): TensorFlowFunction {
  const graph = createGraphExecutor(runtime.api, request.precision)
  try {
    let drawn: DrawnFunction | undefined
    runtime.binding.trace(graph, () => tf.tidy(() => void (drawn = drawBody(runtime, graph, request))))
    const { fn, stateNames, outputNames } = drawn!
    register(runtime, fn, request.name)
    return { name: request.name, stateNames, outputNames, dispose: () => unregister(runtime, request.name) }
  } finally {
    graph.dispose()
  }
}

interface DrawnFunction {
  fn: Pointer
  stateNames: readonly string[]
  outputNames: readonly string[]
}

function drawBody({ backend }: Runtime, graph: GraphExecutor, request: TraceRequest): DrawnFunction {
  const { name, body, inputs, stateShape } = request
  const inputIds: number[] = []
  const symbols: TensorRecord = {}
  for (const [key, tensor] of Object.entries(inputs)) {
    const dtype = dataTypeOf(key, tensor)
    const id = graph.placeholder(tensor.shape, dtype)
    inputIds.push(id)
    symbols[key] = backend.wrap({ id, shape: tensor.shape, dtype })
  }
  const variables = traceVariables({ graph, backend, shape: stateShape })
  const scope = openResourceScope(variables)
  try {
    const outputs = body(symbols, scope)
    const outputIds = Object.values(outputs).map(backend.idOf)
    scope.finish()
    const fn = graph.toFunction({
      name,
      inputs: [...inputIds, ...variables.handles()],
      outputs: outputIds,
      controls: variables.updates(),
    })
    return { fn, stateNames: variables.names(), outputNames: Object.keys(outputs) }
  } finally {
    scope.abandon()
  }
}

function dataTypeOf(name: string, { dtype }: Tensor): number {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dataType[dtype]
  throw new ExitlabError('engine', `Input ${name} of a traced function is ${dtype}: expected float32, int32 or bool`)
}

function register({ api, context }: Runtime, fn: Pointer, name: string): void {
  try {
    withStatus(api, (status) => {
      api.TFE_ContextAddFunction(context, fn, status)
      check(api, status, `registering ${name}`)
    })
  } finally {
    api.TF_DeleteFunction(fn)
  }
}

function unregister({ api, context }: Runtime, name: string): void {
  withStatus(api, (status) => {
    api.TFE_ContextRemoveFunction(context, name, status)
    check(api, status, `removing ${name}`)
  })
}
