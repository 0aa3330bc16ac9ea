import { computed, watchEffect, type ComputedRef } from 'vue'
import type { FigureTheme } from '../../figures/regimes.ts'
import { themeColours } from '../../shared/window/theme-colours.ts'
import { usePreferencesStore } from '../stores/preferences.ts'

/** The theme that is shown, for what CSS cannot colour: figures. */
export function useTheme(): ComputedRef<FigureTheme> {
  const preferences = usePreferencesStore()
  return computed(() => preferences.shownTheme)
}

/**
 * Gives the document the chosen theme and palette; without a choice it follows the system. What is around the page, the
 * desktop's window or a browser's, learns its colour.
 */
export function useDocumentTheme(): void {
  const preferences = usePreferencesStore()
  watchEffect(() => {
    const { dataset } = document.documentElement
    dataset.palette = preferences.palette
    if (preferences.theme === 'system') delete dataset.theme
    else dataset.theme = preferences.theme
  })
  const colour = document.head.appendChild(document.createElement('meta'))
  colour.name = 'theme-color'
  watchEffect(() => (colour.content = themeColours.canvas[preferences.shownTheme]))
}
