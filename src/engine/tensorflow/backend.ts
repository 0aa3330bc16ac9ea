import type { DataId, TensorInfo } from '@tensorflow/tfjs-core'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Binding } from './binding.ts'
import type { TensorMetadata } from './executor.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'
import { NodeJSKernelBackend } from './tfjs-node.ts'

type TheirBinding = ConstructorParameters<typeof NodeJSKernelBackend>[0]

/** The parts of tfjs-node's backend that its types hide. */
interface BackendInternals {
  tensorMap: { get(dataId: DataId): { values: unknown; id: number } }
  createOutputTensor(metadata: TensorMetadata): Tensor
  getInputTensorIds(tensors: readonly TensorInfo[]): number[]
  move(dataId: DataId, ...rest: unknown[]): void
}

/** tfjs's backend over our binding. */
export interface Backend {
  /** tfjs's tensor around an output. It owns the id. */
  wrap(metadata: TensorMetadata): Tensor
  /** The id of a tensor's data, uploaded if it was not yet. */
  idOf(tensor: TensorInfo): number
}

/** Registers tfjs-node's backend under the name `tensorflow`, and makes it the current one. */
export function registerBackend(binding: Binding): Backend {
  const backend = new NodeJSKernelBackend(binding as unknown as TheirBinding, '@tensorflow/tfjs-node-gpu')
  const internals = backend as unknown as BackendInternals
  refuseOutsideTensors(internals, binding)
  tf.registerBackend('tensorflow', () => backend, 3)
  tf.setBackend('tensorflow')
  return {
    wrap: (metadata) => internals.createOutputTensor(metadata),
    idOf: (tensor) => internals.getInputTensorIds([tensor])[0]!,
  }
}

/**
 * tfjs uploads host values at first use. A tensor made before a trace and first used within it would become a constant
 * of the graph, and its owner would be left with a symbol: only tensors made during the trace may upload in it.
 */
function refuseOutsideTensors(internals: BackendInternals, binding: Binding): void {
  const madeWhileTracing = new WeakSet<object>()
  const move = internals.move.bind(internals)
  internals.move = (dataId, ...rest) => {
    if (binding.tracing()) madeWhileTracing.add(dataId)
    move(dataId, ...rest)
  }
  const getInputTensorIds = internals.getInputTensorIds.bind(internals)
  internals.getInputTensorIds = (tensors) => {
    if (binding.tracing()) {
      for (const { dataId, shape } of tensors) {
        if (dataId && internals.tensorMap.get(dataId).values !== null && !madeWhileTracing.has(dataId)) {
          throw new ExitlabError(
            'engine',
            `A traced function uses a tensor of shape [${shape}] made outside it: pass it as an input or as state, or make it inside the body`,
          )
        }
      }
    }
    return getInputTensorIds(tensors)
  }
}
