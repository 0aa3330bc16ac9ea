import { BookOpen, ChartSpline, List, ListFilter, Plus, Settings } from '@lucide/vue'
import { useAnalysisScreens, type AnalysisScreen } from '../../composables/analyses/analysis-screens.ts'

/** A screen in the navigation rail, in the command palette and among the shortcuts. */
export interface Screen extends Pick<AnalysisScreen, 'name' | 'title' | 'word' | 'icon' | 'shortcut' | 'keywords'> {
  /** Another route that is inside of it. */
  also?: string
}

const beforeAnalyses: readonly Screen[] = [
  { name: 'runs', title: 'Runs', word: 'Runs', icon: List, shortcut: 'g r', keywords: 'list table queue', also: 'run' },
  { name: 'new', title: 'New experiment', word: 'New', icon: Plus, shortcut: 'g n', keywords: 'create train' },
  {
    name: 'searches',
    title: 'Searches',
    word: 'Search',
    icon: ListFilter,
    shortcut: 'g f',
    keywords: 'find best sweep halving rungs hours',
    also: 'search',
  },
  {
    name: 'compare',
    title: 'Compare',
    word: 'Compare',
    icon: ChartSpline,
    shortcut: 'g c',
    keywords: 'regimes accuracy cost budgets',
  },
]

const afterAnalyses: readonly Screen[] = [
  {
    name: 'paper',
    title: 'The paper',
    word: 'Paper',
    icon: BookOpen,
    shortcut: 'g p',
    keywords: 'tables figures claims reproduce report',
  },
  {
    name: 'settings',
    title: 'Settings',
    word: 'Settings',
    icon: Settings,
    shortcut: 'g s',
    keywords: 'engine gpu data folders doctor slurm cluster jobs threads notifications appearance',
  },
]

/** Every screen of this app, in the order of the navigation rail. */
export const useScreens = (): readonly Screen[] => [...beforeAnalyses, ...useAnalysisScreens(), ...afterAnalyses]

/** `Go to new experiment`. */
export const goingTo = ({ title }: Screen) => `Go to ${title.toLowerCase()}`
