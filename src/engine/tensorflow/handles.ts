import { ExitlabError } from '../../shared/basics/error.ts'
import type { CApi, Pointer } from './c-api.ts'

/**
 * The live tensors of the process: id → TFE_TensorHandle. Every handle enters and leaves through here, so that a leak
 * is a number that grows.
 */
export interface Handles {
  add(handle: Pointer): number
  get(id: number): Pointer
  delete(id: number): void
  count(): number
}

export function createHandles(api: CApi): Handles {
  const live = new Map<number, Pointer>()
  let next = 1
  return {
    add(handle) {
      live.set(next, handle)
      return next++
    },
    get(id) {
      const handle = live.get(id)
      if (handle === undefined) {
        throw new ExitlabError(
          'engine',
          `Tensor ${id} is not alive: it was disposed of, or it was made inside a traced function and used outside of it. Return it from the traced body`,
        )
      }
      return handle
    },
    delete(id) {
      const handle = live.get(id)
      if (handle === undefined) return
      live.delete(id)
      api.TFE_DeleteTensorHandle(handle)
    },
    count: () => live.size,
  }
}
