/// <reference types="vite/types/importMeta.d.ts" />
import type { Component } from 'vue'

/** A screen for analyses of selected runs, as a file of `screens/` declares it. */
export interface AnalysisScreen {
  /** Of its route, `/NAME`. */
  name: string
  title: string
  /** The title in the navigation rail, with soft hyphens where a long word may be broken. */
  word: string
  /** In menus, beside the title. */
  hint: string
  icon: Component
  /** From the left, or from the top. */
  order: number
  /** Runs that are needed. */
  atLeast: 1 | 2
  shortcut?: string
  /** Words by which the command palette finds it. */
  keywords: string
  component: () => Promise<Component>
}

const found = import.meta.glob<AnalysisScreen>('../../screens/*.ts', {
  eager: true,
  import: 'screen',
})

/** The screens of all analyses. */
export const analysisScreens: readonly AnalysisScreen[] = Object.values(found).sort((a, b) => a.order - b.order)
