import { computed, onScopeDispose, shallowReactive, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

export interface Crumb {
  label: string
  to?: RouteLocationRaw
}

const places = shallowReactive(new Set<() => readonly Crumb[]>())
/** While one page takes the place of another both are there: the later one counts. */
const shown = computed(() => [...places].at(-1)?.() ?? [])

/** Says where the window is, outermost first, while this component is there: in the breadcrumb and in the document's title. */
export function usePlace(crumbs: () => readonly Crumb[]): void {
  places.add(crumbs)
  watchEffect(() => {
    document.title = [...shown.value.map(({ label }) => label).toReversed(), 'Exitlab'].join(' – ')
  })
  onScopeDispose(() => places.delete(crumbs))
}

/** Where the window is. */
export function useShownPlace(): ComputedRef<readonly Crumb[]> {
  return shown
}
