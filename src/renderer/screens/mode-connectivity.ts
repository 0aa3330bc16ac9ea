import { Spline } from '@lucide/vue'
import type { AnalysisScreen } from '../composables/analyses/analysis-screens.ts'

export const screen: AnalysisScreen = {
  name: 'connectivity',
  title: 'Mode connectivity',
  word: 'Mode connectivity',
  hint: 'same basin or not',
  icon: Spline,
  order: 1,
  atLeast: 2,
  shortcut: 'g m',
  keywords: 'basin barrier path analysis',
  component: () => import('../panels/mode-connectivity/Panel.vue'),
}
