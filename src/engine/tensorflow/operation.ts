import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Attribute } from './attribute.ts'
import { openRuntime } from './runtime.ts'
import type { Tensor } from './tfjs.ts'

interface OperationRequest {
  name: string
  attributes: readonly Attribute[]
  inputs: readonly TensorInfo[]
  outputs: number
}

/** Runs, or while tracing adds, one TensorFlow operation by name. */
export function operations({ name, attributes, inputs, outputs }: OperationRequest): Tensor[] {
  const { backend, binding } = openRuntime()
  return binding.executeOp(name, attributes, inputs.map(backend.idOf), outputs).map(backend.wrap)
}

/** The same for an operation of one output. */
export function operation(name: string, attributes: readonly Attribute[], inputs: readonly TensorInfo[]): Tensor {
  return operations({ name, attributes, inputs, outputs: 1 })[0]!
}
