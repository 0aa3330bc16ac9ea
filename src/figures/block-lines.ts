import type { EChartsOption, GraphicComponentOption, SeriesOption } from 'echarts'
import { grouped } from '../shared/format/numbers.ts'
import { exitsAt, type BlockLine, type BlockLinesData } from './block-lines-data.ts'
import { chart } from './chart.ts'
import { seriesLabels } from './end-labels.ts'
import { seedsKey } from './key.ts'
import { markerSymbol } from './markers.ts'
import { dataLine, spreadOf } from './marks.ts'
import { pixelX, pixelY, textWidth, type FigureFrame, type Plot } from './plot.ts'
import { seriesStyle, type FigureTheme } from './regimes.ts'
import { lineOfText } from './text.ts'
import { figureColours, type FigureColours } from './theme.ts'
import { ticksAround } from './ticks.ts'

/** Maximum height of the limit above the lines for it to be drawn. */
const mostOfLimit = 1.6

/**
 * A value at the output of each block: lines are series with ±1 standard deviation bands over seeds; below the axis stands
 * which exit reads which block. A function of data and size alone.
 */
export function blockLinesOption(data: BlockLinesData, frame: FigureFrame): EChartsOption {
  const { lines, blockCount, limit } = data
  const colours = figureColours[frame.theme]
  const showsLimit = isLimitNear(data)
  const ticks = valueTicks(data, showsLimit)
  const { plot, option } = chart(
    {
      title: data.title,
      note: data.note,
      key: lines.length === 0 ? [] : [seedsKey(lines.map(({ seeds }) => seeds.length))],
      labels: seriesLabels(lines, endOf, frame.theme),
      x: { title: 'Block of the backbone, shallow → deep', low: -0.25, high: blockCount - 0.75, ticks: () => [] },
      y: { ticks, high: showsLimit ? aboveLimit(data, ticks) : ticks.at(-1)! },
      // Space for the label of a limit outside the plot, and for the numbers of blocks and exits.
      above: limit !== null && !showsLimit ? 16 : 0,
      below: 14,
      leftmost: 18 + textWidth('block'),
    },
    frame,
  )
  return option(
    [
      ...(showsLimit ? [limitLine(data, colours)] : []),
      ...lines.flatMap((line) => band(line, frame.theme)),
      ...lines.map((line) => lineOf(line, frame.theme)),
    ],
    [...limitName(data, plot, { showsLimit, colours }), ...axisRows(data, plot, colours)],
  )
}

function endOf({ points }: BlockLine): [number, number] | null {
  const last = points.at(-1)
  return last ? [last.block, last.mean] : null
}

function limitLine({ limit, blockCount }: BlockLinesData, { muted }: FigureColours): SeriesOption {
  const points = limit!.points.map(({ block, value }): [number, number] => [block, value])
  const [first, last] = [points[0]!, points.at(-1)!]
  // Over the whole width of the plot.
  const across = [[-0.25, first[1]], ...points, [blockCount - 0.75, last[1]]]
  return dataLine(limit!.name, across, { colour: muted, width: 1, dash: [3, 3], step: 'middle', silent: true, z: 2 })
}

function band({ series, points, ...look }: BlockLine, theme: FigureTheme): SeriesOption[] {
  const places = points.map(({ block, mean, std }) => ({ x: block, mean, std }))
  return spreadOf(series, places, { colour: seriesStyle(look).line[theme] })
}

function lineOf({ series, points, ...look }: BlockLine, theme: FigureTheme): SeriesOption {
  const { line, dash, marker } = seriesStyle(look)
  const places = points.map(({ block, mean }) => [block, mean])
  return dataLine(series, places, {
    colour: line[theme],
    dash,
    showSymbol: true,
    ...markerSymbol(marker, 9),
    itemStyle: {
      color: line[theme],
      borderColor: figureColours[theme].surface,
      borderWidth: 1,
      borderJoin: 'round',
    },
  })
}

function limitOf({ limit }: BlockLinesData): number {
  return Math.max(...(limit?.points ?? []).map(({ value }) => value))
}

/** A little air for the limit's line. */
function aboveLimit(data: BlockLinesData, ticks: readonly number[]): number {
  const [low, limit] = [ticks[0]!, limitOf(data)]
  return Math.max(ticks.at(-1)!, limit + 0.04 * (limit - low))
}

/** Whether the limit has room in the plot without pressing the lines together: else it is named above. */
function isLimitNear(data: BlockLinesData): boolean {
  if (!data.limit || data.limit.points.length === 0) return false
  const { low, high } = extent(data)
  return limitOf(data) - low <= mostOfLimit * (high - low)
}

/** Lowest and highest place of a line and its band. */
function extent({ lines, fromZero, limit }: BlockLinesData): { low: number; high: number } {
  const ends = lines.flatMap(({ points }) => points.flatMap(({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)]))
  if (ends.length === 0) return { low: 0, high: Math.max(1, ...(limit?.points ?? []).map(({ value }) => value)) }
  return { low: fromZero ? 0 : Math.max(0, Math.min(...ends)), high: Math.max(...ends) }
}

/** Round numbers around the lines; the first says where the axis begins. */
function valueTicks(data: BlockLinesData, showsLimit: boolean): number[] {
  const { low, high } = extent(data)
  const top = showsLimit ? Math.max(high, limitOf(data)) : high
  const ticks = ticksAround(low, top, 6).filter((tick) => tick >= 0)
  return showsLimit && ticks.at(-1)! > top ? ticks.slice(0, -1) : ticks
}

/** Text description of the figure. */
export function blockLinesSentence(data: BlockLinesData): string {
  const { subject, lines, limit, blockCount } = data
  const shown = lines.filter(({ points }) => points.length > 0)
  if (shown.length === 0) return `${subject} by block: not computed yet.`
  const bound = limit && limit.points.length > 0 ? `, ${limit.name} ${limitText(data)}` : ''
  return `${subject} at the output of ${blockCount} blocks${bound}. ${shown.map((line) => courseOf(line, data)).join('. ')}.`
}

/** `joint: 96.0 at block 0, 163.0 at its highest (block 3), 92.0 at block 6` */
function courseOf({ series, points }: BlockLine, { decimals }: BlockLinesData): string {
  const [first, last] = [points[0]!, points.at(-1)!]
  const peak = points.reduce((highest, point) => (point.mean > highest.mean ? point : highest))
  const value = (mean: number) => grouped(mean.toFixed(decimals))
  const parts = [
    `${value(first.mean)} at block ${first.block}`,
    ...(peak === first || peak === last ? [] : [`${value(peak.mean)} at its highest (block ${peak.block})`]),
    ...(last === first ? [] : [`${value(last.mean)} at block ${last.block}`]),
  ]
  return `${series}: ${parts.join(', ')}`
}

function limitText({ limit, decimals }: BlockLinesData): string {
  const values = limit!.points.map(({ value }) => value)
  const [lowest, highest] = [Math.min(...values), Math.max(...values)].map((value) =>
    grouped(value.toFixed(Number.isInteger(value) ? 0 : Math.max(decimals, 2))),
  )
  return lowest === highest ? lowest! : `${lowest} to ${highest}`
}

/** Above its line, or, if that is outside the plot, above the plot. */
function limitName(
  data: BlockLinesData,
  plot: Plot,
  { showsLimit, colours }: { showsLimit: boolean; colours: FigureColours },
): GraphicComponentOption[] {
  if (!data.limit || data.limit.points.length === 0) return []
  const text = `${showsLimit ? '' : '↑ '}${data.limit.name} ${limitText(data)}`
  const x = plot.right - textWidth(text) + 8
  const { value } = data.limit.points.at(-1)!
  const y = showsLimit ? pixelY(plot, value) - 9 : plot.top - 10
  return [lineOfText(text, { x, y, colour: colours.muted })]
}

/** Numbers of the blocks, below them the exits that read them. */
function axisRows(data: BlockLinesData, plot: Plot, { muted }: FigureColours): GraphicComponentOption[] {
  const slot = (plot.right - plot.left) / (data.blockCount - 0.5)
  const every = Math.max(1, Math.ceil((textWidth(String(data.blockCount - 1)) + 8) / slot))
  const blocks = Array.from({ length: data.blockCount }, (_, block) => block)
  const centred = (words: string, block: number, y: number) =>
    lineOfText(words, { x: pixelX(plot, block), y: plot.bottom + y, colour: muted, align: 'center' })
  return [
    lineOfText('block', { x: 8, y: plot.bottom + 13, colour: muted }),
    lineOfText('exit', { x: 8, y: plot.bottom + 28, colour: muted }),
    ...blocks.filter((block) => block % every === 0).map((block) => centred(String(block), block, 13)),
    ...exitNames(data, slot).map(({ name, block }) => centred(name, block, 28)),
  ]
}

/** From the deepest on as many as have room; exits that share a block share a name. */
function exitNames(data: BlockLinesData, slot: number): { name: string; block: number }[] {
  let edge = Infinity
  return [...new Set(data.exits)].toReversed().flatMap((block) => {
    const name = exitsAt(data, block).join(', ')
    const half = textWidth(name) / 2
    if (block * slot + half > edge) return []
    edge = block * slot - half - 4
    return [{ name, block }]
  })
}
