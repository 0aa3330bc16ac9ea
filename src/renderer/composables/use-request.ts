import { computed, nextTick, onScopeDispose, ref, shallowRef, watch, watchEffect, type Ref, type ShallowRef } from 'vue'
import type { Problem } from '../../shared/basics/error.ts'
import { isNotFound, messageOf, problemsOf, runsOf } from '../api/errors.ts'
import { useHostStore } from '../stores/host.ts'

export interface HostRequest<T> {
  /** The last response; it stays while the next one is fetched. */
  data: ShallowRef<T | null>
  error: Ref<string | null>
  /** The parts of `error`, where it has some. */
  problems: Ref<readonly Problem[]>
  /** Ids of the runs that `error` is about. */
  runs: Ref<readonly string[]>
  /** Whether `error` is that there is no such thing, or no longer: `data` is then of something that was deleted. */
  gone: Ref<boolean>
  loading: Ref<boolean>
  /** Sends the request again. Resolves when there is a response or an error. */
  refresh(): Promise<void>
}

/**
 * A request to the host that is sent again when its inputs change: everything reactive that `ask` reads before its first `await`,
 * and the connection, when it is restored. Responses to earlier requests are dropped. Null: nothing to request.
 */
export function useRequest<T>(ask: (signal: AbortSignal) => Promise<T> | null): HostRequest<T> {
  const data = shallowRef<T | null>(null)
  const failure = shallowRef<unknown>(null)
  const loading = ref(false)
  const asked = ref(0)
  const host = useHostStore()
  let question = new AbortController()
  let settled = Promise.resolve()

  async function settle(answer: Promise<T>, signal: AbortSignal): Promise<void> {
    try {
      const value = await answer
      if (signal.aborted) return
      data.value = value
      failure.value = null
    } catch (cause) {
      if (signal.aborted) return
      failure.value = cause
    }
    loading.value = false
  }

  watchEffect(() => {
    void asked.value
    question.abort()
    question = new AbortController()
    const answer = ask(question.signal)
    loading.value = answer !== null
    if (answer === null) failure.value = null
    else settled = settle(answer, question.signal)
  })
  watch(
    () => host.link,
    (link, before) => {
      if (link === 'open' && (before === 'lost' || failure.value !== null)) asked.value++
    },
  )
  onScopeDispose(() => question.abort())

  async function refresh(): Promise<void> {
    asked.value++
    await nextTick()
    await settled
  }
  return {
    data,
    error: computed(() => (failure.value === null ? null : messageOf(failure.value))),
    problems: computed(() => problemsOf(failure.value)),
    runs: computed(() => runsOf(failure.value)),
    gone: computed(() => isNotFound(failure.value)),
    loading,
    refresh,
  }
}
