import { ExitlabError } from '../../../shared/error.ts'
import { adamValues } from './reference-adam.ts'
import type { StateValues } from './state-values.ts'
import { checkSize, entryOf, signatureOf } from './state-values.ts'
import type { OpenScope, OpenState } from './state.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'

/** State on the reference backend: plain tensors. */
export function createReferenceState(initial: StateValues): OpenState {
  const tensors = new Map<string, Tensor>()

  function put(name: string, value: Tensor): void {
    const old = tensors.get(name)
    tensors.set(name, tf.keep(value))
    old?.dispose()
  }

  function dispose(): void {
    for (const tensor of tensors.values()) tensor.dispose()
    tensors.clear()
  }

  try {
    for (const [name, { shape, values }] of Object.entries(initial)) put(name, tf.tensor(values.slice(), [...shape]))
  } catch (error) {
    dispose()
    throw error
  }

  return {
    names: Object.keys(initial),
    signature: signatureOf(initial),
    shape: (name) => entryOf(tensors, name).shape,
    read: async (name) => Float32Array.from(await entryOf(tensors, name).data()),
    write(name, values) {
      const { shape } = entryOf(tensors, name)
      checkSize(name, shape, values)
      put(name, tf.tensor(values.slice(), shape))
    },
    handle() {
      throw new ExitlabError(
        'internal',
        'State made on the reference backend is used with TensorFlow: make it after openTensorFlow',
      )
    },
    openScope: () => openReferenceScope((name) => entryOf(tensors, name), put),
    dispose,
  }
}

function openReferenceScope(get: (name: string) => Tensor, put: (name: string, value: Tensor) => void): OpenScope {
  const updates = new Map<string, Tensor>()
  const later = (name: string, value: Tensor) => {
    get(name)
    updates.set(name, tf.keep(value.clone()))
  }
  return {
    value: get,
    assign: later,
    adam(names, gradient, options) {
      const next = adamValues(names, { gradient, options, value: get })
      for (const [name, value] of Object.entries(next)) later(name, value)
    },
    finish() {
      for (const [name, value] of updates) put(name, value)
    },
    abandon() {
      for (const value of updates.values()) value.dispose()
    },
  }
}
