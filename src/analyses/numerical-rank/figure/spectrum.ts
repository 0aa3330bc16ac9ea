import type { EChartsOption, GraphicComponentOption, SeriesOption } from 'echarts'
import { grouped, powerOfTen, scientific } from '../../../shared/format/numbers.ts'
import { baseOption, gridOf, horizontalAxis, tickLabels, ticksOf, verticalAxis } from '../../../figures/base-option.ts'
import { guideLines } from '../../../figures/guide-lines.ts'
import { markerSymbol } from '../../../figures/markers.ts'
import { pixelX, pixelY, textWidth } from '../../../figures/plot.ts'
import type { FigureFrame, Plot } from '../../../figures/plot.ts'
import { seriesStyle } from '../../../figures/regimes.ts'
import type { FigureTheme } from '../../../figures/regimes.ts'
import { spreadBand } from '../../../figures/spread-band.ts'
import type { SpectrumData, SpectrumLine } from './spectrum-data.ts'
import { noteLineHeight, powerAt, spectrumLayout } from './spectrum-layout.ts'
import { lineOfText } from '../../../figures/text.ts'
import { figureColours } from '../../../figures/theme.ts'
import type { FigureColours } from '../../../figures/theme.ts'

/**
 * Eigenvalues or singular values of one block's features over the largest, on a logarithmic scale, with the tolerance that
 * decides the rank and a marker where each line crosses it. A function of data and size alone.
 */
export function spectrumOption(data: SpectrumData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const { plot, head, note, powers, places, placeText } = spectrumLayout(data, frame)
  const placeTitle = `Place of the ${data.values}, largest first`
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: {
      ...horizontalAxis(plot, frame),
      ...ticksOf(places, frame),
      axisLabel: { ...tickLabels(places, frame), formatter: placeText },
    },
    yAxis: {
      ...verticalAxis(plot, powers, frame),
      axisLabel: { ...tickLabels(powers, frame), formatter: (power: number) => powerOfTen(power) },
    },
    series: seriesOf(data, powers, frame.theme),
    graphic: [
      ...head.draw(plot),
      toleranceName(data, plot, colours),
      lineOfText(placeTitle, {
        x: Math.max((plot.left + plot.right) / 2, 8 + textWidth(placeTitle) / 2),
        y: plot.bottom + 32,
        colour: colours.text,
        align: 'center',
      }),
      ...note.map((line, i) =>
        lineOfText(line, { x: 8, y: plot.bottom + 49 + noteLineHeight * i, colour: colours.muted }),
      ),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function spectrumSentence({ block, values, tolerance, lines }: SpectrumData): string {
  const ranks = lines.map(({ series, rank }) => `${series} ${grouped(rank.mean.toFixed(1))}`)
  return `Spectrum of the features of block ${block}. ${values[0]!.toUpperCase()}${values.slice(1)}s above ${scientific(tolerance)} of the largest: ${ranks.join(', ')}.`
}

/** Back to front: grid, the tolerance, bands, lines, markers at the ranks. */
function seriesOf(data: SpectrumData, powers: readonly number[], theme: FigureTheme): SeriesOption[] {
  const colours = figureColours[theme]
  const tolerance = {
    yAxis: Math.log10(data.tolerance),
    lineStyle: { color: colours.muted, width: 1, type: [3, 3] },
  }
  return [
    guideLines([...powers.map((power) => ({ yAxis: power })), tolerance], colours),
    ...data.lines.flatMap(({ regime, series, look, points }) => {
      const bounds = points.flatMap(({ index, mean, std }) =>
        std === null ? [] : [{ x: index, low: mean - std, high: mean + std }],
      )
      return spreadBand(series, bounds, { colour: seriesStyle({ regime, look }).line[theme] })
    }),
    ...data.lines.flatMap((line) => lineWithRank(line, theme)),
  ]
}

function lineWithRank(spectrum: SpectrumLine, theme: FigureTheme): SeriesOption[] {
  const { series, points, rank } = spectrum
  const { line, dash, marker } = seriesStyle(spectrum)
  const colour = line[theme]
  const height = powerAt(spectrum, rank.mean)
  return [
    {
      type: 'line',
      name: series,
      data: points.map(({ index, mean }) => [index, mean]),
      showSymbol: false,
      z: 3,
      lineStyle: { color: colour, width: 1.75, type: dash.length > 0 ? [...dash] : 'solid', join: 'round' },
      itemStyle: { color: colour },
    },
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

/** Above its line, at the right, where lines have fallen below it. */
function toleranceName({ tolerance }: SpectrumData, plot: Plot, { muted }: FigureColours): GraphicComponentOption {
  const text = `tolerance ${scientific(tolerance)}`
  const y = pixelY(plot, Math.log10(tolerance)) - 8
  return lineOfText(text, { x: pixelX(plot, plot.x.high) - textWidth(text) + 8, y, colour: muted })
}
