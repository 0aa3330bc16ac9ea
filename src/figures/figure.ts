import type { EChartsOption } from 'echarts'
import type { FigureFrame } from './plot.ts'

/** A figure as the window and every writer of files takes it: what ECharts draws, or a standalone SVG that says its sentence itself. */
export type Figure = {
  /** Of its file, without the ending. */
  name: string
  /** The figure in words. */
  sentence: string
} & ({ option: (frame: FigureFrame) => EChartsOption } | { svg: (frame: FigureFrame) => string })
