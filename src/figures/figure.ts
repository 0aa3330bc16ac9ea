import type { EChartsOption } from 'echarts'
import type { FigureFrame } from './plot.ts'

/** A figure for the window and all file formats: an ECharts option, or a standalone SVG with its own description. */
export type Figure = {
  /** Of its file, without the ending. */
  name: string
  /** The figure in words. */
  sentence: string
  /** Pixels of its height where none is given, in a frame that is as high as figures are; default: that. */
  height?: (frame: FigureFrame) => number
} & ({ option: (frame: FigureFrame) => EChartsOption } | { svg: (frame: FigureFrame) => string })
