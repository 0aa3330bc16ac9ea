import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'

/** Place in the palette by regime. */
type RegimeLooks = Map<string | null, number | null>

const key: InjectionKey<ComputedRef<RegimeLooks | null>> = Symbol('looks of regimes')

/** For the marks of series below: they look like their regime where the curves do, which are too many to be told apart; null: each like itself. */
export const provideSeriesLooks = (looks: () => RegimeLooks | null): void => provide(key, computed(looks))

/** How series that look like their regime look; null: each like itself. */
export const useSeriesLooks = (): ComputedRef<RegimeLooks | null> => inject(key, own)

const own = computed(() => null)
