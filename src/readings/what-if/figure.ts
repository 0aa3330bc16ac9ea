import { measuredCostOf, type OfCost } from '../../shared/evaluation/cost-kind.ts'
import type { EChartsOption, GraphicComponentOption, SeriesOption } from 'echarts'
import { figureOf, type Figure } from '../../figures/figure.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import type { WhatIfAnswer } from './schema.ts'
import { chart } from '../../figures/chart.ts'
import { errorBars, uprightBar } from '../../figures/marks.ts'
import { pixelX, pixelY, textWidth, type FigureFrame, type Plot } from '../../figures/plot.ts'
import { seriesStyle } from '../../figures/regimes.ts'
import { lineOfText } from '../../figures/text.ts'
import { figureColours, type FigureColours } from '../../figures/theme.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { roundTicks } from '../../figures/ticks.ts'
import { whatIfNote } from './note.ts'
import type { SeriesWhatIf, WhatIfQuestion } from './schema.ts'

export interface ExitHistogramData {
  regime: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  /** Name of the series. */
  series: string
  answer: Pick<WhatIfAnswer, 'task' | 'exits' | 'value' | 'cost' | 'backboneCost' | 'runs'> & OfCost
  /** Rule and thresholds, in one line such as `mixed · confidence above 0.72`. */
  note: string
}

export function figure(answer: SeriesWhatIf, question: WhatIfQuestion): Figure {
  const { experiment, regime, series, look } = answer
  const data = { regime, series, look, answer, note: whatIfNote(answer, question) }
  const drawing = { option: exitHistogramOption, sentence: exitHistogramSentence }
  return figureOf(fileStem([`${experiment} ${series}`], 'exit-histogram'), data, drawing)
}

/** Share of samples that leave at each exit: bars with values, ±1 standard deviation over seeds, each exit's cost below. */
export function exitHistogramOption(data: ExitHistogramData, frame: FigureFrame): EChartsOption {
  const { exits, runs } = data.answer
  const colours = figureColours[frame.theme]
  const highest = Math.max(1, ...exits.map(({ leaving }) => 1.02 * (leaving.mean + (leaving.std ?? 0))))
  const seeds = runs.length === 1 ? '1 seed' : `${runs.length} seeds, ± 1 std`
  const { plot, option } = chart(
    {
      title: 'Share of samples (%)',
      labels: [],
      note: `${data.note} · ${seeds}`,
      x: {
        title: `Exit, and its ${measuredCostOf(data.answer)?.noun ?? 'cost'} (% of backbone)`,
        low: -0.5,
        high: exits.length - 0.5,
        ticks: () => [],
      },
      y: { ticks: roundTicks(0, highest, 5), high: highest },
      // For the names of exits, their costs, and the number above the highest bar.
      above: 12,
      below: 18,
    },
    frame,
  )
  return option(
    [bars(data, plot, frame), ...errorBars(data.series, deviations(data), { colour: colours.text, opacity: 0.8 })],
    [...valueLabels(data, plot, colours), ...exitLabels(data, plot, colours)],
  )
}

/** Text description of the figure. */
export function exitHistogramSentence({ series, answer }: ExitHistogramData): string {
  const shares = answer.exits.map(({ block, exit, leaving }) => `${nameOf(exit, block)} ${leaving.mean.toFixed(1)} %`)
  const cost = (100 * answer.cost.mean) / answer.backboneCost
  const { title, unit, decimals } = primaryMetric(answer)
  const value = `${answer.value.mean.toFixed(decimals - 1)} ${unit}`.trimEnd()
  return (
    `Samples by exit under ${series}: ${shares.join(', ')}. ` +
    `${title} ${value} at ${cost.toFixed(1)} % of the backbone's cost.`
  )
}

function nameOf(exit: number, block: number | null): string {
  return block === null ? 'final' : `exit ${exit}`
}

function bars({ regime, look, series, answer }: ExitHistogramData, plot: Plot, { theme }: FigureFrame): SeriesOption {
  return {
    type: 'bar',
    name: series,
    z: 2,
    barWidth: Math.min(0.72 * slotWidth(plot, answer.exits), 64),
    data: answer.exits.map(({ exit, leaving }) => [exit, leaving.mean]),
    itemStyle: { color: seriesStyle({ regime, look }).line[theme], borderRadius: [2, 2, 0, 0] },
  }
}

/** ±1 standard deviation, not below zero; nothing with one seed. */
function deviations({ answer }: ExitHistogramData) {
  return answer.exits.flatMap(({ exit, leaving: { mean, std } }) =>
    std === null || std === 0 ? [] : [uprightBar({ x: exit, low: Math.max(0, mean - std), high: mean + std })],
  )
}

/** Pixels between two exits. */
function slotWidth({ left, right }: Plot, exits: readonly unknown[]): number {
  return (right - left) / exits.length
}

/** Above its bar and error bar; omitted if bars are too narrow. */
function valueLabels({ answer: { exits } }: ExitHistogramData, plot: Plot, { text, surface }: FigureColours) {
  if (slotWidth(plot, exits) < textWidth('00.0')) return []
  return exits.map(({ exit, leaving: { mean, std } }): GraphicComponentOption => {
    const y = pixelY(plot, mean + (std ?? 0)) - 9
    const label = lineOfText(mean.toFixed(1), { x: pixelX(plot, exit), y, colour: text, align: 'center' })
    // Over the grid, which would strike through it.
    return { ...label, z: 10, style: { ...label.style, stroke: surface, lineWidth: 3 } }
  })
}

/** The exit's name and its cost, of as many exits as there is room for, the final one always. */
function exitLabels({ answer: { exits } }: ExitHistogramData, plot: Plot, { muted }: FigureColours) {
  const slot = slotWidth(plot, exits)
  const short = slot < textWidth('exit 00') + 4
  const every = Math.ceil((textWidth(short ? '100%' : 'exit 00') + 4) / slot)
  const shown = exits.filter(({ exit }) => (exits.length - 1 - exit) % every === 0)
  return shown.flatMap(({ exit, block, fraction }): GraphicComponentOption[] => {
    const place = { x: pixelX(plot, exit), colour: muted, align: 'center' as const }
    const name = short && block !== null ? String(exit) : nameOf(exit, block)
    return [
      lineOfText(name, { ...place, y: plot.bottom + 12 }),
      lineOfText(`${(100 * fraction).toFixed(0)}\u00a0%`, { ...place, y: plot.bottom + 26 }),
    ]
  })
}
