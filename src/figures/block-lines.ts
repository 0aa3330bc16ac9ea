import type { EChartsOption, GraphicComponentOption } from 'echarts'
import { grouped } from '../shared/format/numbers.ts'
import { baseOption, gridOf, horizontalAxis, tickLabels, verticalAxis } from './base-option.ts'
import { exitsAt } from './block-lines-data.ts'
import type { BlockLine, BlockLinesData } from './block-lines-data.ts'
import { blockLinesLayout, noteLineHeight } from './block-lines-layout.ts'
import { blockLinesSeries } from './block-lines-series.ts'
import { pixelX, pixelY, textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { lineOfText } from './text.ts'
import { figureColours } from './theme.ts'
import type { FigureColours } from './theme.ts'
import { tickText } from './ticks.ts'

const axisTitle = 'Block of the backbone, shallow → deep'

/**
 * A value at the output of each block: lines are series with ±1 standard deviation bands over seeds; below the axis stands
 * which exit reads which block. A function of data and size alone.
 */
export function blockLinesOption(data: BlockLinesData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const { plot, head, note, ticks, showsLimit } = blockLinesLayout(data, frame)
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: { ...horizontalAxis(plot, frame), axisTick: { show: false }, axisLabel: { show: false } },
    yAxis: {
      ...verticalAxis(plot, ticks, frame),
      axisLabel: { ...tickLabels(ticks, frame), formatter: tickText(ticks) },
    },
    series: blockLinesSeries(data, { theme: frame.theme, ticks, showsLimit }),
    graphic: [
      ...head.draw(plot),
      ...limitName(data, plot, { showsLimit, colours }),
      ...axisRows(data, plot, colours),
      ...note.map((line, i) =>
        lineOfText(line, { x: 8, y: plot.bottom + 63 + noteLineHeight * i, colour: colours.muted }),
      ),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function blockLinesSentence(data: BlockLinesData): string {
  const { subject, lines, limit, blockCount } = data
  const shown = lines.filter(({ points }) => points.length > 0)
  if (shown.length === 0) return `${subject} by block: nothing has been computed yet.`
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

/** Above its line, or, where it lies beyond the plot, above that. */
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

/** Numbers of the blocks, below them the exits that read them, and what the axis is. */
function axisRows(data: BlockLinesData, plot: Plot, { text, muted }: FigureColours): GraphicComponentOption[] {
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
    lineOfText(axisTitle, {
      x: Math.max((plot.left + plot.right) / 2, 8 + textWidth(axisTitle) / 2),
      y: plot.bottom + 46,
      colour: text,
      align: 'center',
    }),
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
