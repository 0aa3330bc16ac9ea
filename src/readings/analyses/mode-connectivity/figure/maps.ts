import type { EChartsOption } from 'echarts'
import { inPrecision, pairTitle, type RunPair } from '../pairs.ts'
import { pathProfile, barrierText, lineName, meanStdText, pathDecimals, quantityText } from '../profile.ts'
import type { PathProfile, ProfileReading } from '../profile.ts'
import { heatMapOption, barPlace, heatMapParts } from '../../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'
import { seriesStyle } from '../../../../figures/regimes.ts'
import { baseOption } from '../../../../figures/base-option.ts'
import { colourBar, colourBarWidth } from '../../../../figures/colour-bar.ts'
import { fittingApart, lineOfText } from '../../../../figures/text.ts'
import { figureColours } from '../../../../figures/theme.ts'

export interface ConnectivityMapData {
  pair: RunPair
  reading: ProfileReading
  /** Loss above which every colour is the same, in nats. */
  clip: number
}

/** Loss or accuracy of every exit along the path between two networks, as colours. Null: the path was not measured. */
export function connectivityHeatMap({ pair, reading, clip }: ConnectivityMapData): HeatMapData | null {
  const profile = pathProfile(pair, reading)
  if (profile === null) return null
  const isLoss = reading.metric === 'loss'
  const lines = [...profile.exits, profile.mean]
  return {
    title: titleOf(reading) + inPrecision(pair),
    rows: lines.map((_, row) => rowName(row, profile)),
    columns: { values: profile.lambdas, low: 0, high: 1, ticks: ticksOf(pair) },
    values: lines.map(({ values }) => values.map(({ mean }) => mean)),
    ...(isLoss ? { low: 0, high: clip, clipped: true, decimals: 1 } : { low: 0, high: 100, decimals: 0 }),
    strong: { rows: [profile.exits.length] },
  }
}

/** The heat map alone, of a path that was measured. A function of data and size only. */
export function connectivityMapOption(data: ConnectivityMapData, frame: FigureFrame): EChartsOption {
  return heatMapOption(connectivityHeatMap(data)!, frame)
}

/** Text description of the figure. */
export function connectivityMapSentence({ pair, reading }: ConnectivityMapData): string {
  const profile = pathProfile(pair, reading)
  const title = pairTitle(pair)
  if (profile === null) return `${title}: the ${reading.path} path was not measured.`
  const { lambdas, mean } = profile
  const decimals = pathDecimals(reading.metric)
  const at = (place: number) => meanStdText(mean.values[place]!, decimals)
  const ends = `${at(0)} and ${at(lambdas.length - 1)} at the ends`
  const highest = profile.exits.reduce((a, b) => (b.barrier.mean > a.barrier.mean ? b : a))
  const exit = rowName(profile.exits.indexOf(highest), profile)
  return (
    `${title}, ${reading.path} path${inPrecision(pair)}: mean ${quantityText(reading.metric, reading.split)} of the exits ${ends}, ` +
    `${barrierText(mean, reading.metric)}, at λ = ${lambdas[mean.peak]!.toFixed(2)}; ` +
    `the most at ${exit}, ${meanStdText(highest.barrier, decimals)}.`
  )
}

function titleOf({ path, metric, split }: ProfileReading): string {
  const quantity = quantityText(metric, split)
  return path === 'matched' ? `${quantity} after matching units` : `${quantity}, units not permuted`
}

function rowName(row: number, { exits }: PathProfile): string {
  return lineName(row === exits.length ? null : row, exits.length)
}

function ticksOf({ ends: [first, second] }: RunPair) {
  const inkOf = (regime: string) => seriesStyle({ regime, look: null }).ink
  return [
    { at: 0, text: `λ = 0, ${first.label}`, colour: inkOf(first.regime), align: 'left' as const },
    { at: 0.5, text: '0.5' },
    { at: 1, text: `λ = 1, ${second.label}`, colour: inkOf(second.regime), align: 'right' as const },
  ]
}

interface ConnectivityMapsData extends Omit<ConnectivityMapData, 'pair'> {
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
  const titles = fittingApart(
    pairs.map((pair) => pairTitle(pair) + inPrecision(pair)),
    width - 16,
  )
  const parts = titles.map((text, index) => {
    const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height]
    const title = lineOfText(text, {
      x: x + 8,
      y: y + 12,
      colour: figureColours[frame.theme].text,
      weight: 500,
    })
    const map = maps[index]
    const size = { ...frame, width, height: height - heading }
    const panel = map && heatMapParts({ ...map, withoutBar: true }, size, { x, y: y + heading })
    return { series: panel?.series ?? [], graphic: [title, ...(panel?.graphic ?? [])] }
  })
  return {
    ...baseOption(frame),
    series: parts.flatMap(({ series }) => series),
    graphic: [...parts.flatMap(({ graphic }) => graphic), ...(scale === undefined ? [] : commonBar(scale, frame))],
  }
}

/** The number of columns with the fewest gaps in the last row; of equal ones the largest. */
function columnsOf(count: number, width: number): number {
  const most = Math.min(count, Math.max(1, Math.floor(width / narrowest)))
  const holes = (columns: number) => Math.ceil(count / columns) * columns - count
  const choices = Array.from({ length: most }, (_, index) => most - index)
  return choices
    .filter((columns) => columns === most || Math.ceil(count / columns) <= mostRows)
    .reduce((best, columns) => (holes(columns) < holes(best) ? columns : best))
}

/** At the right of all maps, level with the cells of the first. */
function commonBar(scale: HeatMapData, frame: FigureFrame) {
  const left = frame.width - edge - colourBarWidth(scale)
  const place = barPlace(left, { top: 2 * heading + 6, bottom: frame.height - 28 })
  return colourBar(scale, place, figureColours[frame.theme])
}

/** Text description of the figure. */
export function connectivityMapsSentence({ pairs, ...data }: ConnectivityMapsData): string {
  return pairs.map((pair) => connectivityMapSentence({ pair, ...data })).join(' ')
}
