import { ExitlabError } from '../../shared/basics/error.ts'
import type { DeviceReport } from '../../shared/phases/device.ts'
import type { Backend } from './backend.ts'
import type { Binding } from './binding.ts'
import type { CApi, Pointer } from './c-api.ts'
import type { EagerExecutor } from './eager-executor.ts'
import type { SharedTensorFlow } from './shared-tensorflow.ts'

/** TensorFlow as this process has it. */
export interface TensorFlow {
  device: DeviceReport
  /** Tensors and variables that TensorFlow holds for us. Flat over steps, or something leaks. */
  liveHandles(): number
  /** It, for other threads of the process. */
  shared: SharedTensorFlow
}

export interface Runtime extends TensorFlow {
  api: CApi
  context: Pointer
  eager: EagerExecutor
  binding: Binding
  backend: Backend
}

let runtime: Runtime | null = null

/** Holds the process's one TensorFlow instance. `start` runs only if there is none yet. */
export function startRuntime(start: () => Runtime): Runtime {
  if (runtime) throw new ExitlabError('engine', 'TensorFlow is open already: one process opens it once')
  runtime = start()
  return runtime
}

/** The open TensorFlow. */
export function openRuntime(): Runtime {
  if (!runtime) throw new ExitlabError('engine', 'TensorFlow is not open: call openTensorFlow first')
  return runtime
}
