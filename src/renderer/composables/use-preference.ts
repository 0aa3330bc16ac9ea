import { computed, type WritableComputedRef } from 'vue'
import { usePreferencesStore } from '../stores/preferences.ts'

/** A choice that is kept for the next visit. `read`: what is kept may be of another version, or no longer offered. */
export function usePreference<T>(
  key: string,
  defaultValue: T,
  read = (kept: unknown): T => kept as T,
): WritableComputedRef<T> {
  const preferences = usePreferencesStore()
  return computed({
    get: () => read(preferences.read<unknown>(key, defaultValue)),
    set: (chosen) => preferences.write(key, chosen),
  })
}
