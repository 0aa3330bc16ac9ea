import { ExitlabError } from '../../../shared/error.ts'
import type { DeviceReport } from '../../../shared/device.ts'
import type { Backend } from './backend.ts'
import type { Binding } from './binding.ts'
import type { CApi, Pointer } from './c-api.ts'
import type { EagerExecutor } from './eager-executor.ts'
import type { SharedTensorFlow } from './jpeg-decoder.ts'
import { tf } from './tfjs.ts'

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

/** The open TensorFlow where tfjs computes with it; null where it computes with its own `cpu` backend (the reference backend). */
export function nativeRuntime(): Runtime | null {
  if (tf.getBackend() !== 'tensorflow') return null
  return runtime
}

/** Makes tfjs compute with its own plain JavaScript backend: slow, independent of TensorFlow, the reference backend of tests. */
export async function useReferenceBackend(): Promise<void> {
  await tf.setBackend('cpu')
  // Its advice to install the native backend is not for a test that avoids it on purpose.
  ;(tf.backend() as unknown as { firstUse: boolean }).firstUse = false
}

/** Makes tfjs compute with TensorFlow again. */
export async function useTensorFlow(): Promise<void> {
  if (!runtime) throw new ExitlabError('engine', 'TensorFlow is not open: call openTensorFlow first')
  await tf.setBackend('tensorflow')
}
