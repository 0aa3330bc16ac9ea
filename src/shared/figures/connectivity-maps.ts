import type { EChartsOption } from 'echarts'
import { pairTitle } from '../connectivity/pairs.ts'
import type { RunPair } from '../connectivity/pairs.ts'
import { baseOption } from './base-option.ts'
import { connectivityHeatMap, connectivityMapSentence } from './connectivity-map.ts'
import type { ConnectivityMapData } from './connectivity-map.ts'
import { heatMapParts } from './heat-map.ts'
import type { FigureFrame } from './plot.ts'
import { lineOfText } from './text.ts'
import { figureColours } from './theme.ts'

export interface ConnectivityMapsData extends Omit<ConnectivityMapData, 'pair'> {
  pairs: readonly RunPair[]
}

const narrowest = 300
const heading = 18

/** Heat maps of several pairs side by side, each under its name; all of one scale. A function of data and size alone. */
export function connectivityMapsOption({ pairs, ...data }: ConnectivityMapsData, frame: FigureFrame): EChartsOption {
  const columns = Math.min(pairs.length, Math.max(1, Math.floor(frame.width / narrowest)))
  const rows = Math.ceil(pairs.length / columns)
  const [width, height] = [Math.floor(frame.width / columns), Math.floor(frame.height / rows)]
  const parts = pairs.map((pair, index) => {
    const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height]
    const title = lineOfText(pairTitle(pair), {
      x: x + 8,
      y: y + 12,
      colour: figureColours[frame.theme].text,
      weight: 500,
    })
    const map = connectivityHeatMap({ pair, ...data })
    const panel = map && heatMapParts(map, { ...frame, width, height: height - heading }, { x, y: y + heading })
    return { series: panel?.series ?? [], graphic: [title, ...(panel?.graphic ?? [])] }
  })
  return {
    ...baseOption(frame),
    series: parts.flatMap(({ series }) => series),
    graphic: parts.flatMap(({ graphic }) => graphic),
  }
}

/** The figure in words, for those who do not see it. */
export function connectivityMapsSentence({ pairs, ...data }: ConnectivityMapsData): string {
  return pairs.map((pair) => connectivityMapSentence({ pair, ...data })).join(' ')
}
