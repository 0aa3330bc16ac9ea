import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'

const key: InjectionKey<ComputedRef<boolean>> = Symbol('series looks')

/** For the marks of series below: they look like their regime where the curves do, which are too many to be told apart. */
export const provideSeriesLooks = (isByRegime: () => boolean): void => provide(key, computed(isByRegime))

/** Whether marks of series look like their regime. */
export const useSeriesLooks = (): ComputedRef<boolean> => inject(key, own)

const own = computed(() => false)
