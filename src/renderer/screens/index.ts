/// <reference types="vite/types/importMeta.d.ts" />
import type { AnalysisScreen } from '../composables/analyses/analysis-screens.ts'

const found = import.meta.glob<AnalysisScreen>(['./*.ts', '!./index.ts'], { eager: true, import: 'screen' })

/** The screens of all analyses. */
export const analysisScreens: readonly AnalysisScreen[] = Object.values(found).sort((a, b) => a.order - b.order)
