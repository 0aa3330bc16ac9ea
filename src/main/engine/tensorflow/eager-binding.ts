import type { Attribute } from './attributes.ts'
import { eagerAttributes, writeAttributes } from './attributes.ts'
import type { CApi, Pointer } from './c-api.ts'
import type { Handles } from './handles.ts'
import { newHostTensor, readHostTensor } from './host-tensor.ts'
import { check } from './status.ts'

/** What tfjs learns about an output. */
export interface TensorMetadata {
  id: number
  shape: number[]
  dtype: number
}

/** The part of tfjs's binding that depends on the mode: eager execution or tracing. */
export interface Executor {
  createTensor(shape: readonly number[], dtype: number, values: ArrayLike<number> | ArrayBufferView): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[]
}

/** Executes each operation at once. */
export interface EagerExecutor extends Executor {
  /** Runs an operation, or a function registered with the context, on a worker thread. Inputs must stay alive until it resolves. */
  executeAsync(name: string, inputs: readonly number[], outputs: number): Promise<TensorMetadata[]>
}

export function createEagerExecutor(api: CApi, context: Pointer, handles: Handles): EagerExecutor {
  const shared = api.TF_NewStatus()

  function newOp(name: string, attributes: readonly Attribute[], inputs: readonly number[], status: Pointer): Pointer {
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
    return op
  }

  function describe(handle: Pointer): TensorMetadata {
    const rank = api.TFE_TensorHandleNumDims(handle, shared)
    check(api, shared, 'reading a shape')
    const shape = Array.from({ length: rank }, (_, axis) => Number(api.TFE_TensorHandleDim(handle, axis, shared)))
    return { id: handles.add(handle), shape, dtype: api.TFE_TensorHandleDataType(handle) }
  }

  const results = (outputs: (Pointer | null)[], count: number) =>
    outputs.slice(0, count).map((handle) => describe(handle!))

  return {
    createTensor(shape, dtype, values) {
      const tensor = newHostTensor(api, shape, dtype, values)
      const handle = api.TFE_NewTensorHandle(tensor, shared)
      api.TF_DeleteTensor(tensor)
      check(api, shared, `making a tensor of shape [${shape}]`)
      return handles.add(handle)
    },

    deleteTensor: (id) => handles.delete(id),

    tensorDataSync(id) {
      const handle = handles.get(id)
      const tensor = api.TFE_TensorHandleResolve(handle, shared)
      check(api, shared, 'reading a tensor')
      try {
        return readHostTensor(api, tensor, api.TFE_TensorHandleDataType(handle))
      } finally {
        api.TF_DeleteTensor(tensor)
      }
    },

    executeOp(name, attributes, inputs, outputCount) {
      const op = newOp(name, attributes, inputs, shared)
      const outputs = new Array<Pointer | null>(outputCount).fill(null)
      const count: [number] = [outputCount]
      api.TFE_Execute(op, outputs, count, shared)
      api.TFE_DeleteOp(op)
      check(api, shared, name)
      return results(outputs, count[0])
    },

    async executeAsync(name, inputs, outputCount) {
      // Its own status: other operations may run on the main thread in the meantime.
      const status = api.TF_NewStatus()
      try {
        const op = newOp(name, [], inputs, status)
        const outputs = new Array<Pointer | null>(outputCount).fill(null)
        const count: [number] = [outputCount]
        try {
          await new Promise<void>((resolve, reject) =>
            api.TFE_Execute.async(op, outputs, count, status, (error) => (error ? reject(error) : resolve())),
          )
        } finally {
          api.TFE_DeleteOp(op)
        }
        check(api, status, name)
        return results(outputs, count[0])
      } finally {
        api.TF_DeleteStatus(status)
      }
    },
  }
}
