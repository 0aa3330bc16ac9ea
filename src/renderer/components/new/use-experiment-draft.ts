import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { usePreference } from '../../composables/use-preference.ts'
import {
  readYamlText,
  withItems,
  withOrder,
  withoutValue,
  withValue,
  type Item,
  type Order,
  type SettingPath,
} from './yaml-text.ts'

/** The text of an experiment and where it came from. */
export interface DraftSource {
  text: string
  /** What relative data paths start from; absolute. Null where that is not known. */
  folder: string | null
  /** What its file is called; null where it has none. */
  fileName: string | null
}

/** An experiment that is being written. The text is the experiment; the form reads it and writes into it. */
export interface ExperimentDraft {
  source: Ref<DraftSource>
  text: ComputedRef<string>
  /** What the text says, or said when it could last be read. */
  values: ShallowRef<Record<string, unknown>>
  /** Why the text cannot be read as it is now; null where it can. */
  fault: Ref<string | null>
  load(source: DraftSource): void
  /** Number of loads. The form is rendered anew after each, so that half-typed values are dropped. */
  loads: Ref<number>
  write(text: string): void
  /** Null is a value; undefined takes the value away, so that its default holds. */
  set(path: SettingPath, value: unknown): void
  setItems(path: SettingPath, items: readonly Item[]): void
  /** Puts the items of a list into another order, with new ones among them. */
  setOrder(path: SettingPath, order: Order): void
}

/** Sections that an experiment must have even if nothing is written in them. */
const needed = ['data', 'network']
const empty: DraftSource = { text: '', folder: null, fileName: null }
const loads = ref(0)

/** The draft of the last visit, or an empty one. There is one for all visits: what is undone after a visit changes that of the next. */
export function useExperimentDraft(): ExperimentDraft {
  const source = usePreference('new-experiment', empty)
  const text = computed(() => source.value.text)
  const values = shallowRef<Record<string, unknown>>({})
  const fault = ref<string | null>(null)

  watch(
    text,
    (now) => {
      const reading = readYamlText(now)
      if ('values' in reading) values.value = reading.values
      fault.value = 'fault' in reading ? reading.fault : null
    },
    { immediate: true, flush: 'sync' },
  )

  const write = (now: string) => {
    // A field that loses the focus writes its unchanged value: that is no change.
    if (now !== text.value) source.value = { ...source.value, text: now }
  }
  return {
    source,
    text,
    values,
    fault,
    write,
    loads,
    load(loaded) {
      source.value = loaded
      loads.value++
    },
    set: (path, value) =>
      write(value === undefined ? withoutValue(text.value, path, needed) : withValue(text.value, path, value)),
    setItems: (path, items) => write(withItems(text.value, path, items)),
    setOrder: (path, order) => write(withOrder(text.value, path, order)),
  }
}
