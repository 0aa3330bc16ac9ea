import { Mountain } from '@lucide/vue'
import type { AnalysisScreen } from '../composables/analyses/analysis-screens.ts'

export const screen: AnalysisScreen = {
  name: 'landscape',
  title: 'Loss landscape',
  word: 'Loss landscape',
  hint: 'width of the minimum',
  icon: Mountain,
  order: 2,
  atLeast: 1,
  shortcut: 'g l',
  keywords: 'surface contour minimum analysis',
  component: () => import('../panels/loss-landscape/Panel.vue'),
}
