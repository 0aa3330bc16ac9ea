import { computed, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { FigureTheme } from '../../shared/figures/regimes.ts'
import { usePreferencesStore } from '../stores/preferences.ts'

/** The theme that is shown, for what CSS can't colour: figures. */
export function useTheme(): ComputedRef<FigureTheme> {
  const preferences = usePreferencesStore()
  return computed(() => preferences.shownTheme)
}

/** Gives the document the chosen theme and palette; without a choice it follows the system. */
export function useDocumentTheme(): void {
  const preferences = usePreferencesStore()
  watchEffect(() => {
    const { dataset } = document.documentElement
    dataset.palette = preferences.palette
    if (preferences.theme === 'system') delete dataset.theme
    else dataset.theme = preferences.theme
  })
}
