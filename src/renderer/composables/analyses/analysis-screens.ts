import { inject, type App, type Component, type InjectionKey } from 'vue'

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

const key: InjectionKey<readonly AnalysisScreen[]> = Symbol('screens of analyses')

export function provideAnalysisScreens(app: App, screens: readonly AnalysisScreen[]): void {
  app.provide(key, screens)
}

/** The screens of analyses that this app has, in their order. */
export const useAnalysisScreens = (): readonly AnalysisScreen[] => inject(key, [])
