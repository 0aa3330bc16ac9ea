import type { Attribute } from './attribute.ts'
import { eagerAttributes, writeAttributes } from './attribute-writer.ts'
import type { CApi, Pointer } from './c-api.ts'
import type { Executor, TensorMetadata } from './executor.ts'
import type { Handles } from './handles.ts'
import { newHostTensor, readHostTensor } from './host-tensor.ts'
import { check } from './status.ts'

/** Executes each operation at once. */
export interface EagerExecutor extends Executor {
  /** Runs an operation, or a function registered with the context, on a worker thread. Inputs must stay alive until it resolves. */
  executeAsync(name: string, inputs: readonly number[], outputs: number): Promise<TensorMetadata[]>
}

/** A TFE_Context and the handles of its tensors. */
interface Eager {
  api: CApi
  context: Pointer
  handles: Handles
}

export function createEagerExecutor(eager: Eager): EagerExecutor {
  const { api, handles } = eager
  const shared = api.TF_NewStatus()

  return {
    createTensor(shape, dtype, values) {
      const tensor = newHostTensor(api, shape, dtype, values)
      const handle = api.TFE_NewTensorHandle(tensor, shared)
      api.TF_DeleteTensor(tensor)
      check(api, shared, `making a tensor of shape [${shape}]`)
      return handles.add(handle)
    },

    deleteTensor: (id) => handles.delete(id),

    tensorDataSync: (id) => readHandle(api, handles.get(id), shared),

    executeOp(name, attributes, inputs, outputCount) {
      const call = newCall(eager, { name, attributes, inputs, outputCount }, shared)
      api.TFE_Execute(call.op, call.outputs, call.count, shared)
      api.TFE_DeleteOp(call.op)
      return results(eager, call, shared)
    },

    async executeAsync(name, inputs, outputCount) {
      // Its own status: other operations may run on the main thread in the meantime.
      const status = api.TF_NewStatus()
      try {
        const call = newCall(eager, { name, attributes: [], inputs, outputCount }, status)
        try {
          await onWorkerThread(api, call, status)
        } finally {
          api.TFE_DeleteOp(call.op)
        }
        return results(eager, call, status)
      } finally {
        api.TF_DeleteStatus(status)
      }
    },
  }
}

interface Request {
  name: string
  attributes: readonly Attribute[]
  inputs: readonly number[]
  outputCount: number
}

/** One TFE_Op with room for its outputs. */
interface Call {
  name: string
  op: Pointer
  outputs: (Pointer | null)[]
  count: [number]
}

function newCall({ api, context, handles }: Eager, request: Request, status: Pointer): Call {
  const { name, attributes, inputs, outputCount } = request
  const op = api.TFE_NewOp(context, name, status)
  check(api, status, `making operation ${name}`)
  try {
    writeAttributes(eagerAttributes(api, op, status), attributes)
    for (const id of inputs) api.TFE_OpAddInput(op, handles.get(id), status)
    check(api, status, `giving inputs to ${name}`)
  } catch (error) {
    api.TFE_DeleteOp(op)
    throw error
  }
  return { name, op, outputs: new Array<Pointer | null>(outputCount).fill(null), count: [outputCount] }
}

function onWorkerThread(api: CApi, { op, outputs, count }: Call, status: Pointer): Promise<void> {
  return new Promise((resolve, reject) =>
    api.TFE_Execute.async(op, outputs, count, status, (error) => (error ? reject(error) : resolve())),
  )
}

/** Outputs of a finished call. */
function results(eager: Eager, { name, outputs, count }: Call, status: Pointer): TensorMetadata[] {
  check(eager.api, status, name)
  return outputs.slice(0, count[0]).map((handle) => describe(eager, handle!, status))
}

function describe({ api, handles }: Eager, handle: Pointer, status: Pointer): TensorMetadata {
  const rank = api.TFE_TensorHandleNumDims(handle, status)
  check(api, status, 'reading a shape')
  const shape = Array.from({ length: rank }, (_, axis) => Number(api.TFE_TensorHandleDim(handle, axis, status)))
  return { id: handles.add(handle), shape, dtype: api.TFE_TensorHandleDataType(handle) }
}

function readHandle(api: CApi, handle: Pointer, status: Pointer) {
  const tensor = api.TFE_TensorHandleResolve(handle, status)
  check(api, status, 'reading a tensor')
  try {
    return readHostTensor(api, tensor, api.TFE_TensorHandleDataType(handle))
  } finally {
    api.TF_DeleteTensor(tensor)
  }
}
