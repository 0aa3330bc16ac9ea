import { ExitlabError } from '../../shared/basics/error.ts'
import type { Attribute } from './attribute.ts'
import { dataType } from './data-types.ts'
import type { EagerExecutor } from './eager-executor.ts'
import type { Executor, TensorMetadata } from './executor.ts'
import { createGraphExecutor, type GraphExecutor } from './graph-executor.ts'
import { firstSymbol } from './graph-symbols.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import type { StateValues } from './state-values.ts'
import { entryOf } from './state-values.ts'
import type { StateScope } from './state.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'
import type { Body } from './trace.ts'

/** A value of a recording: what is computed from inputs has a shape alone, everything else is known. */
export interface RecordedValue {
  shape: readonly number[]
  values: Float32Array | Int32Array | Uint8Array | null
}

/** An operation that depends on an input, as TensorFlow has it. Inputs and outputs are ids of values. */
export interface RecordedOperation {
  name: string
  attributes: readonly Attribute[]
  inputs: readonly number[]
  outputs: readonly number[]
}

/** The operations of a function, in the order they run. */
export interface Recording {
  operations: readonly RecordedOperation[]
  values: ReadonlyMap<number, RecordedValue>
  /** Ids by name. */
  inputs: Readonly<Record<string, number>>
  outputs: Readonly<Record<string, number>>
}

interface RecordRequest {
  inputs: Readonly<Record<string, { shape: readonly number[]; dtype: 'float32' | 'int32' }>>
  /** Named arrays that the body may read, and not change. */
  state: StateValues
}

/**
 * Records what `body` computes, for other programs. Operations on known values (parameters, constants) run at once: a recording
 * has the filters of a convolution with its batch norm folded in, not their computation.
 */
export function recordFunction(body: Body, { inputs, state }: RecordRequest): Recording {
  const runtime = openRuntime()
  const graph = createGraphExecutor(runtime.api)
  const recorder = createRecorder(runtime.eager, graph)
  try {
    const named: Record<string, number> = {}
    const outputs = runtime.binding.trace(recorder.executor, () =>
      tf.tidy(() => {
        const symbols = Object.entries(inputs).map(([name, { shape, dtype }]) => {
          const id = (named[name] = recorder.input(shape, dataType[dtype]))
          return [name, runtime.backend.wrap({ id, shape: [...shape], dtype: dataType[dtype] })] as const
        })
        return runBody(runtime, body, { symbols: Object.fromEntries(symbols), state, idOf: recorder.symbolOf })
      }),
    )
    return { operations: recorder.operations, values: recorder.values, inputs: named, outputs }
  } finally {
    graph.dispose()
  }
}

interface Running {
  symbols: Record<string, Tensor>
  state: StateValues
  idOf(id: number): number
}

/** Ids of the outputs. */
function runBody({ backend }: Runtime, body: Body, { symbols, state, idOf }: Running): Record<string, number> {
  const scope = openKnownScope(state)
  try {
    const outputs = Object.entries(body(symbols, scope))
    return Object.fromEntries(outputs.map(([name, tensor]) => [name, idOf(backend.idOf(tensor))]))
  } finally {
    scope.close()
  }
}

/** State whose values are known while recording. */
function openKnownScope(state: StateValues): StateScope & { close(): void } {
  const entries = new Map(Object.entries(state))
  const tensors = new Map<string, Tensor>()
  const refuse = () => {
    throw new ExitlabError('internal', 'A recorded function changes its state: record functions that only read it')
  }
  return {
    value(name) {
      const { shape, values } = entryOf(entries, name)
      if (!tensors.has(name)) tensors.set(name, tf.keep(tf.tensor(values, [...shape])))
      return tensors.get(name)!
    },
    assign: refuse,
    adam: refuse,
    close: () => tensors.forEach((tensor) => tensor.dispose()),
  }
}

interface Recorder {
  executor: Executor
  operations: readonly RecordedOperation[]
  values: ReadonlyMap<number, RecordedValue>
  input(shape: readonly number[], dtype: number): number
  /** The id of a value in the recording. */
  symbolOf(id: number): number
}

/** Runs what is known by `eager`, and adds the rest to `graph`, which infers shapes. */
function createRecorder(eager: EagerExecutor, graph: GraphExecutor): Recorder {
  const operations: RecordedOperation[] = []
  const values = new Map<number, RecordedValue>()
  const known = new Map<number, TensorMetadata>()
  const symbols = new Map<number, number>()
  const note = (each: TensorMetadata) => known.set(each.id, each)

  function symbolOf(id: number): number {
    if (id >= firstSymbol) return id
    if (!symbols.has(id)) symbols.set(id, addKnown(id))
    return symbols.get(id)!
  }

  function addKnown(id: number): number {
    const { shape, dtype } = known.get(id)!
    const read = eager.tensorDataSync(id)
    // Shapes may follow from values of whole numbers. Other arrays, which may be large, are not copied into the graph.
    const symbol = dtype === dataType.int32 ? graph.createTensor(shape, dtype, read) : graph.placeholder(shape, dtype)
    values.set(symbol, { shape, values: read })
    return symbol
  }

  const executor: Executor = {
    isRecording: true,

    createTensor(shape, dtype, array) {
      const id = eager.createTensor(shape, dtype, array)
      note({ id, shape: [...shape], dtype })
      return id
    },
    deleteTensor: () => {},
    tensorDataSync: (id) => (id < firstSymbol ? eager : graph).tensorDataSync(id),
    executeOp(name, attributes, inputs, outputCount) {
      if (inputs.every((id) => id < firstSymbol)) {
        const results = eager.executeOp(name, attributes, inputs, outputCount)
        results.forEach(note)
        return results
      }
      const ids = inputs.map(symbolOf)
      const results = graph.executeOp(name, attributes, ids, outputCount)
      for (const { id, shape } of results) values.set(id, { shape, values: null })
      operations.push({ name, attributes, inputs: ids, outputs: results.map(({ id }) => id) })
      return results
    },
  }

  function input(shape: readonly number[], dtype: number): number {
    const id = graph.placeholder(shape, dtype)
    values.set(id, { shape, values: null })
    return id
  }

  return { executor, operations, values, input, symbolOf }
}
