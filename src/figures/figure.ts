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

/** How data of a kind are drawn, and said in words. */
interface Drawing<Data> {
  option: (data: Data, frame: FigureFrame) => EChartsOption
  sentence: (data: Data) => string
}

/** A figure of some data as an ECharts option. */
export function figureOf<Data>(name: string, data: Data, { option, sentence }: Drawing<Data>): Figure {
  return { name, option: (frame) => option(data, frame), sentence: sentence(data) }
}
