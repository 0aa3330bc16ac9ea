import { computed, onScopeDispose, shallowReactive, watchEffect, type ComputedRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

export interface Crumb {
  label: string
  to?: RouteLocationRaw
}

const sources = shallowReactive(new Set<() => readonly Crumb[]>())
/** During a transition two pages are mounted: the later one counts. */
const shown = computed(() => [...sources].at(-1)?.() ?? [])

/** Sets the window's breadcrumb and title, outermost first, while this component is mounted. */
export function useBreadcrumb(crumbs: () => readonly Crumb[]): void {
  sources.add(crumbs)
  watchEffect(() => {
    document.title = [...shown.value.map(({ label }) => label).toReversed(), 'Exitlab'].join(' – ')
  })
  onScopeDispose(() => sources.delete(crumbs))
}

/** The current breadcrumb. */
export function useShownBreadcrumb(): ComputedRef<readonly Crumb[]> {
  return shown
}
