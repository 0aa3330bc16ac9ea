import { availableParallelism } from 'node:os'
import { registerBackend } from './backend.ts'
import { createBinding } from './binding.ts'
import type { CApi, Pointer } from './c-api.ts'
import { loadCApi } from './c-api.ts'
import { reportDevice } from './device.ts'
import { createEagerExecutor } from './eager-executor.ts'
import { createHandles } from './handles.ts'
import { registerGather } from './kernels/gather.ts'
import type { Runtime, TensorFlow } from './runtime.ts'
import { startRuntime } from './runtime.ts'
import { check, withStatus } from './status.ts'

/**
 * Opens TensorFlow's libraries in `libraryFolder`, makes tfjs compute with them and says on which device. Once per
 * process: two copies of TensorFlow in one process destroy each other. Threads and GPU come from the environment
 * (`trainerEnvironment`), which TensorFlow reads here.
 * @throws ExitlabError `engine` where the libraries do not open, or were opened from another folder before.
 */
export function openTensorFlow({ libraryFolder }: { libraryFolder: string }): TensorFlow {
  return startRuntime(() => start(libraryFolder))
}

function start(libraryFolder: string): Runtime {
  const api = loadCApi(libraryFolder)
  const context = newContext(api)
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism()
  const device = reportDevice(api, context, { threads, card: process.env.EXITLAB_CARD })
  const handles = createHandles(api)
  const eager = createEagerExecutor({ api, context, handles })
  const binding = createBinding({ eager, handles, version: api.TF_Version(), gpu: device.kind === 'gpu' })
  const backend = registerBackend(binding)
  registerGather()
  const shared = { libraryFolder, context }
  return { api, context, eager, binding, backend, device, liveHandles: handles.count, shared }
}

function newContext(api: CApi): Pointer {
  return withStatus(api, (status) => {
    const options = api.TFE_NewContextOptions()
    const context = api.TFE_NewContext(options, status)
    api.TFE_DeleteContextOptions(options)
    check(api, status, 'starting')
    return context
  })
}
