import type { EChartsOption } from 'echarts'
import { pairTitle } from '../pairs.ts'
import type { RunPair } from '../pairs.ts'
import { baseOption } from '../../../figures/base-option.ts'
import { colourBar, colourBarWidth } from '../../../figures/colour-bar.ts'
import { connectivityHeatMap, connectivityMapSentence } from './map.ts'
import type { ConnectivityMapData } from './map.ts'
import { barPlace, heatMapParts } from '../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../figures/plot.ts'
import { lineOfText } from '../../../figures/text.ts'
import { figureColours } from '../../../figures/theme.ts'

export interface ConnectivityMapsData extends Omit<ConnectivityMapData, 'pair'> {
  pairs: readonly RunPair[]
}

/** Pixels. */
const narrowest = 300
const heading = 18
const barGap = 4
const edge = 8
/** As many rows are still high enough to be read. */
const mostRows = 3

/** Heat maps of several pairs side by side, each under its name; all of one scale. A function of data and size alone. */
export function connectivityMapsOption({ pairs, ...data }: ConnectivityMapsData, frame: FigureFrame): EChartsOption {
  const maps = pairs.map((pair) => connectivityHeatMap({ pair, ...data }))
  const scale = maps.find((map) => map !== null)
  const room = scale === undefined ? 0 : barGap + colourBarWidth(scale) + edge
  const columns = columnsOf(pairs.length, frame.width - room)
  const rows = Math.ceil(pairs.length / columns)
  const [width, height] = [Math.floor((frame.width - room) / columns), Math.floor(frame.height / rows)]
  const parts = pairs.map((pair, index) => {
    const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height]
    const title = lineOfText(pairTitle(pair), {
      x: x + 8,
      y: y + 12,
      colour: figureColours[frame.theme].text,
      weight: 500,
    })
    const map = maps[index]
    const panel = map && partsOf(map, { ...frame, width, height: height - heading }, { x, y: y + heading })
    return { series: panel?.series ?? [], graphic: [title, ...(panel?.graphic ?? [])] }
  })
  return {
    ...baseOption(frame),
    series: parts.flatMap(({ series }) => series),
    graphic: [...parts.flatMap(({ graphic }) => graphic), ...(scale === undefined ? [] : commonBar(scale, frame))],
  }
}

/** As many columns as leave the fewest holes in the last row, and of those the most. */
function columnsOf(count: number, width: number): number {
  const most = Math.min(count, Math.max(1, Math.floor(width / narrowest)))
  const holes = (columns: number) => Math.ceil(count / columns) * columns - count
  const choices = Array.from({ length: most }, (_, index) => most - index)
  return choices
    .filter((columns) => columns === most || Math.ceil(count / columns) <= mostRows)
    .reduce((best, columns) => (holes(columns) < holes(best) ? columns : best))
}

function partsOf(map: HeatMapData, frame: FigureFrame, place: { x: number; y: number }) {
  return heatMapParts({ ...map, withoutBar: true }, frame, place)
}

/** At the right of all maps, level with the cells of the first. */
function commonBar(scale: HeatMapData, frame: FigureFrame) {
  const left = frame.width - edge - colourBarWidth(scale)
  return colourBar(
    scale,
    barPlace(left, { top: 2 * heading + 6, bottom: frame.height - 28 }),
    figureColours[frame.theme],
  )
}

/** The figure in words, for those who do not see it. */
export function connectivityMapsSentence({ pairs, ...data }: ConnectivityMapsData): string {
  return pairs.map((pair) => connectivityMapSentence({ pair, ...data })).join(' ')
}
