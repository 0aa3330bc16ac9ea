import { z } from 'zod'
import type { FigureFrame } from './plot.ts'
import { figureThemes } from './regimes.ts'
import { figureFontSize } from './theme.ts'

export const pointsPerInch = 72

/** Sizes of an exported figure on paper. Points; 72 are an inch. */
const figurePaper = z.object({
  width: z.number().min(100).max(2000),
  /** Default: in proportion to the width. */
  height: z.number().min(60).max(2000).optional(),
  /** Of every text in the figure. */
  fontSize: z.number().min(4).max(24).default(8),
})

/** Layout of an exported figure. */
export const figureLayout = z.object({
  theme: z.enum(figureThemes).default('light'),
  /** Without it, 720 × 440 pixels as on a screen. */
  paper: figurePaper.optional(),
  /** Whether the figure names its series and explains its marks. */
  legend: z.boolean().default(true),
  /** Whether the figure has a title and a note about its computation. */
  title: z.boolean().default(true),
})
export type FigureLayout = z.output<typeof figureLayout>

/** Widths of papers, in points. */
export const paperWidths = {
  'icml-column': { title: 'ICML column', width: 3.25 * pointsPerInch },
  'icml-text': { title: 'ICML text width', width: 6.75 * pointsPerInch },
} as const

const screen = { width: 720, height: 440 }

/** The size in pixels at which a figure is drawn, with texts of `figureFontSize` pixels, before it is scaled to its size on paper. */
export function frameOf({ theme, paper, legend, title }: FigureLayout): FigureFrame {
  const shown = { theme, key: legend, title, ...(legend ? {} : { names: 'none' as const }) }
  if (paper === undefined) return { ...screen, ...shown }
  const scale = figureFontSize / paper.fontSize
  const width = Math.round(paper.width * scale)
  const height = paper.height === undefined ? defaultHeight(width) : Math.round(paper.height * scale)
  return { width, height, ...shown }
}

/** Axes, names and notes take as much of a small figure as of a large one, so it is less flat. */
function defaultHeight(width: number): number {
  return Math.round((screen.height / screen.width) * width + 0.2 * Math.max(0, screen.width - width))
}
