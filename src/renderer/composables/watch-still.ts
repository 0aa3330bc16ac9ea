import { watchDebounced } from '@vueuse/core'
import { onScopeDispose, type WatchSource } from 'vue'

const stillMilliseconds = 250

/** Calls back when a value that changed has been still for a quarter of a second, and not after its component has gone. */
export function watchStill<T>(source: WatchSource<T>, callback: (value: T) => void): void {
  let isGone = false
  onScopeDispose(() => (isGone = true))
  watchDebounced(source, (value) => isGone || callback(value), { debounce: stillMilliseconds })
}
