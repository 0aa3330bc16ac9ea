import { onScopeDispose, readonly, shallowRef, watchEffect } from 'vue'
import type { ShallowRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

export interface Crumb {
  label: string
  to?: RouteLocationRaw
}

const place = shallowRef<readonly Crumb[]>([])

/** Says where the window is, outermost first, while this component is there: in the breadcrumb and in the document's title. */
export function usePlace(crumbs: () => readonly Crumb[]): void {
  watchEffect(() => {
    place.value = crumbs()
    document.title = [...place.value.map(({ label }) => label).toReversed(), 'Exitlab'].join(' – ')
  })
  onScopeDispose(() => (place.value = []))
}

/** Where the window is. */
export function useShownPlace(): Readonly<ShallowRef<readonly Crumb[]>> {
  return readonly(place) as Readonly<ShallowRef<readonly Crumb[]>>
}
