import type { EChartsOption, GraphicComponentOption, SeriesOption } from 'echarts'
import { chart } from '../../../../figures/chart.ts'
import { seriesLabels } from '../../../../figures/end-labels.ts'
import { seedsKey } from '../../../../figures/key.ts'
import { markerSymbol } from '../../../../figures/markers.ts'
import { boundsOf, dataLine, guideLines, spreadBand } from '../../../../figures/marks.ts'
import { pixelX, pixelY, textWidth, type FigureFrame, type Plot } from '../../../../figures/plot.ts'
import { seriesStyle, type FigureTheme } from '../../../../figures/regimes.ts'
import { lineOfText } from '../../../../figures/text.ts'
import { figureColours, type FigureColours } from '../../../../figures/theme.ts'
import { roundTicks } from '../../../../figures/ticks.ts'
import { grouped, powerOfTen, scientific } from '../../../../shared/format/numbers.ts'
import { capitalised } from '../../../../shared/tables/table-words.ts'
import type { SpectrumData, SpectrumLine } from './spectrum-lines.ts'

/** Powers of ten that are shown below the tolerance. */
const depth = 3

/**
 * Eigenvalues or singular values of one block's features over the largest, in powers of ten, with the tolerance that
 * decides the rank and a marker where each line crosses it. A function of data and size alone.
 */
export function spectrumOption(data: SpectrumData, frame: FigureFrame): EChartsOption {
  const { lines, values, note } = data
  const low = lowestPower(data)
  const high = lastPlace(data, low)
  const endOf = ({ points }: SpectrumLine): [number, number] | null => {
    const last = points.findLast(({ index, mean }) => index <= high && mean >= low)
    return last ? [last.index, last.mean] : null
  }
  const { plot, option } = chart(
    {
      title: `${capitalised(values)} / largest`,
      note,
      labels: seriesLabels(lines, endOf, frame.theme),
      key: [{ mark: { marker: 'circle' }, text: 'numerical rank' }, seedsKey(lines.map(({ seeds }) => seeds.length))],
      x: { title: `Index of the ${values}, largest first`, low: 1, high, ticks: (pixels) => placeTicks(high, pixels) },
      y: { ticks: powerTicks(low), low, high: 0, text: powerOfTen },
    },
    frame,
  )
  return option(seriesOf(data, frame.theme), [toleranceName(data, plot, figureColours[frame.theme])])
}

/** Text description of the figure. */
export function spectrumSentence({ block, values, tolerance, lines }: SpectrumData): string {
  const ranks = lines.map(({ series, rank }) => `${series} ${grouped(rank.mean.toFixed(1))}`)
  return `Spectrum of the features of block ${block}. ${capitalised(values)}s above ${scientific(tolerance)} of the largest: ${ranks.join(', ')}.`
}

/** Three powers below the tolerance, or as low as the lines go. */
function lowestPower({ lines, tolerance }: SpectrumData): number {
  const lowest = Math.min(0, ...lines.flatMap(({ points }) => points.map(({ mean }) => mean)))
  const wanted = Math.log10(tolerance) - depth
  return Math.min(Math.floor(Math.max(lowest, wanted)), Math.floor(Math.log10(tolerance)) - 1)
}

/** Lower end of the plot, so that most lines end at its right side; every rank is shown. */
function lastPlace({ lines }: SpectrumData, low: number): number {
  const leaving = lines.flatMap(({ points }) => points.findLast(({ mean }) => mean >= low)?.index ?? [])
  const ranks = lines.map(({ rank }) => rank.mean + (rank.std ?? 0))
  return Math.max(2, Math.ceil(1.05 * Math.max(0, ...ranks)), leaving.length > 0 ? Math.min(...leaving) : 0)
}

/** Back to front: the tolerance, bands, lines, markers at the ranks. */
function seriesOf({ lines, tolerance }: SpectrumData, theme: FigureTheme): SeriesOption[] {
  const colours = figureColours[theme]
  const style = { color: colours.muted, width: 1, type: [3, 3] }
  return [
    guideLines([{ yAxis: Math.log10(tolerance), lineStyle: style }], colours),
    ...lines.flatMap(({ series, points, ...look }) => {
      const bounds = boundsOf(points.map(({ index, ...value }) => ({ x: index, ...value })))
      return spreadBand(series, bounds, { colour: seriesStyle(look).line[theme] })
    }),
    ...lines.flatMap((line) => lineWithRank(line, theme)),
  ]
}

function lineWithRank(spectrum: SpectrumLine, theme: FigureTheme): SeriesOption[] {
  const { series, points, rank } = spectrum
  const { line, dash, marker } = seriesStyle(spectrum)
  const colour = line[theme]
  const height = powerAt(spectrum, rank.mean)
  const places = points.map(({ index, mean }) => [index, mean])
  return [
    dataLine(series, places, { colour, dash }),
    {
      type: 'scatter',
      name: series,
      silent: true,
      z: 5,
      data: height === null ? [] : [[rank.mean, height]],
      ...markerSymbol(marker, 10),
      itemStyle: { color: colour, borderColor: figureColours[theme].surface, borderWidth: 1, opacity: 1 },
    },
  ]
}

/** Height of a line at a place between its points, in powers of ten. */
function powerAt({ points }: SpectrumLine, place: number): number | null {
  const after = points.findIndex(({ index }) => index >= place)
  if (after < 0) return points.at(-1)?.mean ?? null
  const [from, to] = [points[Math.max(0, after - 1)]!, points[after]!]
  if (to.index === from.index) return to.mean
  return from.mean + ((place - from.index) / (to.index - from.index)) * (to.mean - from.mean)
}

function powerTicks(low: number): number[] {
  const step = Math.max(1, Math.ceil(-low / 6))
  return Array.from({ length: Math.floor(-low / step) + 1 }, (_, index) => -index * step)
}

/** 1, and round places behind it. */
function placeTicks(high: number, pixels: number): number[] {
  const round = roundTicks(0, high, Math.max(2, Math.min(6, Math.floor(pixels / 40))))
  return [1, ...round.filter((tick) => Number.isInteger(tick) && tick - 1 > 0.08 * (high - 1))]
}

/** Above its line, at the right, where lines have fallen below it. */
function toleranceName({ tolerance }: SpectrumData, plot: Plot, { muted }: FigureColours): GraphicComponentOption {
  const text = `tolerance ${scientific(tolerance)}`
  const y = pixelY(plot, Math.log10(tolerance)) - 8
  return lineOfText(text, { x: pixelX(plot, plot.x.high) - textWidth(text) + 8, y, colour: muted })
}
