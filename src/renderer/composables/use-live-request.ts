import { useThrottleFn } from '@vueuse/core'
import { watch } from 'vue'
import { useRequest, type HostRequest } from './use-request.ts'

interface Following {
  /** Reads what the response depends on and the request does not. */
  changes: () => unknown
  /** The request is not sent more often than this. */
  everyMilliseconds?: number
}

/**
 * A request that is also sent again when something on the host has changed. A change during a request does not abort it: the
 * request is sent again after its response, so that a long one is answered while runs are trained.
 */
export function useLiveRequest<T>(
  ask: (signal: AbortSignal) => Promise<T> | null,
  { changes, everyMilliseconds = 2000 }: Following,
): HostRequest<T> {
  const request = useRequest(ask)
  let isStale = false
  function renew(): void {
    isStale = request.loading.value
    if (!isStale) void request.refresh()
  }
  watch(changes, useThrottleFn(renew, everyMilliseconds, true))
  watch(request.loading, (loading) => {
    if (!loading && isStale) renew()
  })
  return request
}
