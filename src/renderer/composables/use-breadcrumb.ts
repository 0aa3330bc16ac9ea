import { computed, onScopeDispose, shallowReactive, watchEffect, type ComputedRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

export interface Crumb {
  label: string
  to?: RouteLocationRaw
}

const sources = shallowReactive(new Set<() => readonly Crumb[]>())
/** While one page takes the place of another both are there: the later one counts. */
const shown = computed(() => [...sources].at(-1)?.() ?? [])

/** Says where the window is, outermost first, while this component is there: in the breadcrumb and in the document's title. */
export function useBreadcrumb(crumbs: () => readonly Crumb[]): void {
  sources.add(crumbs)
  watchEffect(() => {
    document.title = [...shown.value.map(({ label }) => label).toReversed(), 'Exitlab'].join(' – ')
  })
  onScopeDispose(() => sources.delete(crumbs))
}

/** Where the window is. */
export function useShownBreadcrumb(): ComputedRef<readonly Crumb[]> {
  return shown
}
