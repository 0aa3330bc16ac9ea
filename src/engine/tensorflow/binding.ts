import { attributeKind } from './attribute.ts'
import { dataType } from './data-types.ts'
import type { EagerExecutor } from './eager-executor.ts'
import type { Executor } from './executor.ts'
import { firstSymbol } from './graph-symbols.ts'
import type { Handles } from './handles.ts'

/** The functions and the constants that tfjs-node's kernels and its backend use, in eager mode or, while `trace` runs, in trace mode. */
export interface Binding extends Executor {
  /** Runs `body` with every operation going into `target`. */
  trace<T>(target: Executor, body: () => T): T
  tracing(): boolean
}

interface BindingParts {
  eager: EagerExecutor
  handles: Handles
  version: string
  gpu: boolean
}

export function createBinding({ eager, handles, version, gpu }: BindingParts): Binding {
  let graph: Executor | null = null
  const current = (): Executor => graph ?? eager
  const facts = { isUsingGpuDevice: () => gpu, getNumOfTensors: () => handles.count(), TF_Version: version }
  return {
    createTensor: (shape, dtype, values) => current().createTensor(shape, dtype, values),
    deleteTensor(id) {
      if (id < firstSymbol) eager.deleteTensor(id)
      else graph?.deleteTensor(id)
    },
    tensorDataSync: (id) => current().tensorDataSync(id),
    executeOp: (name, attributes, inputs, outputs) => current().executeOp(name, attributes, inputs, outputs),
    trace(target, body) {
      graph = target
      try {
        return body()
      } finally {
        graph = null
      }
    },
    tracing: () => graph !== null,
    get precision() {
      return current().precision
    },
    get isRecording() {
      return current().isRecording
    },
    ...facts,
    ...constants,
  }
}

/** TensorFlow's numbers under the names that tfjs-node has for them. */
const constants = {
  TF_FLOAT: dataType.float32,
  TF_INT32: dataType.int32,
  TF_INT64: dataType.int64,
  TF_BOOL: dataType.bool,
  TF_COMPLEX64: dataType.complex64,
  TF_STRING: dataType.string,
  TF_RESOURCE: dataType.resource,
  TF_UINT8: dataType.uint8,
  TF_ATTR_STRING: attributeKind.string,
  TF_ATTR_INT: attributeKind.int,
  TF_ATTR_FLOAT: attributeKind.float,
  TF_ATTR_BOOL: attributeKind.bool,
  TF_ATTR_TYPE: attributeKind.type,
  TF_ATTR_SHAPE: attributeKind.shape,
  TF_ATTR_RESOURCE: attributeKind.resource,
}
