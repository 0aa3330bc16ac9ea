import { Layers } from '@lucide/vue'
import type { AnalysisScreen } from '../composables/analyses/analysis-screens.ts'

/** Of numerical rank and of mutual information, side by side. */
export const screen: AnalysisScreen = {
  name: 'representations',
  title: 'Representations',
  word: 'Represen\u00ADtations',
  hint: 'rank and information',
  icon: Layers,
  order: 3,
  atLeast: 1,
  shortcut: 'g y',
  keywords: 'layers numerical rank mutual information analysis',
  component: () => import('../views/RepresentationsView.vue'),
}
