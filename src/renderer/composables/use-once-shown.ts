import { until } from '@vueuse/core'
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** How long a page that has much to draw may put off what stands below the first screen, in milliseconds. */
const longest = 500

/** True from the first moment without work after `ready` has become true: what stands below the first screen does not hold it up. */
export function useOnceShown(ready: () => boolean): Readonly<Ref<boolean>> {
  const isShown = ref(false)
  let isGone = false
  const show = () => (isShown.value = !isGone)
  void until(ready)
    .toBe(true)
    .then(() =>
      'requestIdleCallback' in globalThis ? requestIdleCallback(show, { timeout: longest }) : setTimeout(show),
    )
  onScopeDispose(() => (isGone = true))
  return readonly(isShown)
}
