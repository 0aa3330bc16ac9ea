import type { FigureLayout } from '../../../../figures/figure-layout.ts'

export interface FigureSize {
  width: number
  height: number
}

export interface FigureSizes {
  /** In pixels, as drawn. */
  drawn: FigureSize
  /** In points; null if no size on paper is requested. */
  paper: FigureSize | null
}

/** Sizes of a figure drawn in a frame: on paper as requested, the height in proportion unless given. */
export function figureSizes({ paper }: FigureLayout, { width, height }: FigureSize): FigureSizes {
  const drawn = { width, height }
  if (paper === undefined) return { drawn, paper: null }
  return { drawn, paper: { width: paper.width, height: paper.height ?? (paper.width / width) * height } }
}
