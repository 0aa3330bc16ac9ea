import { computed, shallowRef } from 'vue'
import type { ExportInput } from '../../contract/exports.ts'
import { paperWidths, pointsPerInch } from '../../figures/figure-layout.ts'
import { useHost } from '../api/host.ts'
import { usePreference } from './use-preference.ts'
import { useRequest } from './use-request.ts'

export type FigureWidth = 'screen' | keyof typeof paperWidths | 'own'

/** Layout of exported figures, stored in this browser. */
export interface FigureLayoutChoice {
  width: FigureWidth
  /** Inches, of the width `own`. */
  ownInches: number
  /** Points, on paper. */
  fontSize: number
  legend: boolean
  title: boolean
}

const defaultLayout: FigureLayoutChoice = { width: 'screen', ownInches: 5, fontSize: 8, legend: true, title: true }

/** The layout of every figure that leaves the window. */
export function useFigureLayout() {
  const choice = usePreference('figure-layout', defaultLayout)
  const layout = computed(() => {
    const { legend, title } = choice.value
    const paper = paperOf(choice.value)
    return { legend, title, ...(paper === null ? {} : { paper }) }
  })
  /** In few words: `ICML column, 8 pt`. */
  const words = computed(() => {
    const { width, ownInches, fontSize } = choice.value
    if (width === 'screen') return 'screen size'
    return `${width === 'own' ? `${ownInches} in` : paperWidths[width].title}, ${fontSize} pt`
  })
  return { choice, layout, words }
}

function paperOf({ width, ownInches, fontSize }: FigureLayoutChoice) {
  if (width === 'screen') return null
  return { width: width === 'own' ? ownInches * pointsPerInch : paperWidths[width].width, fontSize }
}

const previewed = shallowRef<ExportInput | null>(null)

/** The figure whose layout is being edited, for the dialog. */
export function usePreviewedFigure() {
  return previewed
}

/** That figure as exported, and the error if there is none. */
export function useFigurePreview() {
  const { client } = useHost()
  const { layout } = useFigureLayout()
  const { data, error } = useRequest(() => {
    const figure = previewed.value
    if (figure === null) return null
    const drawn = client.exports.figure({ figure, format: 'svg', ...layout.value })
    return drawn.then(({ bytes }) => ({ figure, bytes }))
  })
  const bytes = computed(() => (data.value?.figure === previewed.value ? data.value?.bytes : undefined))
  return { bytes, error }
}
