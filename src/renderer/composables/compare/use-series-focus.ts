import { computed, inject, nextTick, provide, ref, type ComputedRef, type InjectionKey } from 'vue'
import { useAddress } from '../use-address.ts'
import { useShortcuts } from '../use-shortcuts.ts'

/** One series of one experiment, by its name; where series are not told apart by it, the experiment is not known. */
interface PointedSeries {
  experiment?: string | undefined
  series: string
}

/** Which series are highlighted in all panels of a comparison. */
export interface SeriesFocus {
  /** Under the pointer, or reached by keys; null: none. */
  pointed: ComputedRef<PointedSeries | null>
  point(series: PointedSeries | null): void
  /** Those that stay highlighted, in the address. */
  pinned: ComputedRef<readonly PointedSeries[]>
  /** Pins a series, or takes its pin away. */
  pin(series: PointedSeries): void
  unpinAll(): void
  /** Says in which order keys go through the series: that of the list that is read from above. */
  lead(series: readonly PointedSeries[]): void
  /** Whether a series is pointed at or pinned. */
  has(series: PointedSeries): boolean
}

const key: InjectionKey<SeriesFocus> = Symbol('series focus')

/** In the address: experiment and series of each. */
const address = 'pinned'

export const isSameSeries = (a: PointedSeries, b: PointedSeries): boolean =>
  a.series === b.series && (a.experiment === undefined || b.experiment === undefined || a.experiment === b.experiment)

/** For the panels below. Keys `j` and `k` go through the series, as given or as a list among the panels leads, `p` pins the one that is highlighted. */
export function provideSeriesFocus(series: () => readonly PointedSeries[]): SeriesFocus {
  const { text, change } = useAddress()
  const hovered = ref<PointedSeries | null>(null)
  let order: readonly PointedSeries[] | null = null
  const pinned = computed(() => pinnedIn(text(address)))
  const write = (all: readonly PointedSeries[]) =>
    change({ [address]: all.length === 0 ? null : JSON.stringify(all.map((each) => [each.experiment, each.series])) })
  const focus: SeriesFocus = {
    pointed: computed(() => hovered.value),
    point(to) {
      // Equal ones redraw nothing.
      if (to === null || hovered.value === null || !isSameSeries(to, hovered.value)) hovered.value = to
    },
    pinned,
    pin(to) {
      const others = pinned.value.filter((each) => !isSameSeries(each, to))
      write(others.length < pinned.value.length ? others : [...others, to])
    },
    unpinAll: () => write([]),
    lead: (to) => void (order = to),
    has: (of) => [hovered.value, ...pinned.value].some((each) => each !== null && isSameSeries(each, of)),
  }
  const step = (by: number) => {
    const all = order ?? series()
    const at = all.findIndex((each) => hovered.value !== null && isSameSeries(each, hovered.value))
    void nextTick(() => document.querySelector('tr.focused')?.scrollIntoView({ block: 'nearest' }))
    focus.point(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length] ?? null)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    p: () => void (hovered.value && focus.pin(hovered.value)),
  })
  provide(key, focus)
  return focus
}

/** The one of the comparison around it; outside of one nothing is highlighted. */
export const useSeriesFocus = (): SeriesFocus => inject(key, nowhere)

const nowhere: SeriesFocus = {
  pointed: computed(() => null),
  point: () => {},
  pinned: computed(() => []),
  pin: () => {},
  unpinAll: () => {},
  lead: () => {},
  has: () => false,
}

function pinnedIn(text: string | null): PointedSeries[] {
  try {
    const pairs: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(pairs)) return []
    return pairs.flatMap((pair: unknown) => {
      const [experiment, series] = Array.isArray(pair) ? (pair as unknown[]) : []
      if (typeof series !== 'string') return []
      return [{ experiment: typeof experiment === 'string' ? experiment : undefined, series }]
    })
  } catch {
    // What somebody has written into the address.
    return []
  }
}
