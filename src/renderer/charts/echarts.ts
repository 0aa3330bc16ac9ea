import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AxisPointerComponent,
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { EChartsOption, EChartsType, SeriesOption } from 'echarts'
import { measureInWindowFont } from './window-font.ts'

measureInWindowFont()

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  AxisPointerComponent,
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  SVGRenderer,
])

/** An empty chart in an element. */
export function createChart(element: HTMLElement): EChartsType {
  const { clientWidth: width, clientHeight: height } = element
  return init(element, null, { renderer: 'svg', width, height }) as unknown as EChartsType
}

export type { EChartsOption, EChartsType, SeriesOption }
