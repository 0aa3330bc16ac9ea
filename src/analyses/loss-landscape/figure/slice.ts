import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import type { RegimeName } from '../../../shared/phase.ts'
import { baseOption, gridOf, horizontalAxis, tickLabels, ticksOf, verticalAxis } from '../../../figures/base-option.ts'
import type { EndLabel } from '../../../figures/end-labels.ts'
import { figureHead } from '../../../figures/figure-head.ts'
import type { FigureHead } from '../../../figures/figure-head.ts'
import { guideLines } from '../../../figures/guide-lines.ts'
import { lossBarLabels } from './multiples.ts'
import type { LandscapePanel } from './panel.ts'
import { lossShare, lossText } from './scale.ts'
import type { LossScale } from './scale.ts'
import { hasTitle, textWidth } from '../../../figures/plot.ts'
import type { FigureFrame, Plot } from '../../../figures/plot.ts'
import { seriesStyle } from '../../../figures/regimes.ts'
import { spreadBand } from '../../../figures/spread-band.ts'
import type { SurfaceCuts } from './surface-scene.ts'
import { lineOfText } from '../../../figures/text.ts'
import { figureColours } from '../../../figures/theme.ts'

export type SliceDirection = 'delta' | 'eta'

/** The loss of one exit along one direction, of several runs. */
export interface LandscapeSliceData {
  along: SliceDirection
  /** Coefficient of the other direction. */
  fixed: number
  reach: number
  exitName: string
  /** What it was computed on. */
  note: string
  scale: LossScale
  lines: readonly SliceLine[]
}

export interface SliceLine {
  regime: RegimeName
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  name: string
  /** Those that have a value. `broken`: the line does not go on from the point before. */
  points: readonly { at: number; loss: number; std: number | null; broken: boolean }[]
}

const labelGap = 14
/** Title of the vertical axis and, in its row, what the figure is of. */
const headHeight = 24
const letters = { delta: 'δ', eta: 'η' } as const

export interface SliceChoice {
  along: SliceDirection
  cuts: SurfaceCuts
  scale: LossScale
  note: string
}

/** A line for each panel, all of them of one exit. */
export function sliceData(
  panels: readonly LandscapePanel[],
  { along, cuts, scale, note }: SliceChoice,
): LandscapeSliceData {
  const { coefficients, exitName } = panels[0]!
  const severalSeeds = new Set(panels.map(({ seed }) => seed)).size > 1
  const lines = panels.map((panel) => ({
    ...{ regime: panel.regime, look: panel.look },
    name: severalSeeds ? `${panel.series} · ${panel.seed}` : panel.series,
    points: sliceLine(panel, along, cuts),
  }))
  const fixed = coefficients[along === 'delta' ? cuts.eta : cuts.delta]!
  return { along, fixed, reach: coefficients.at(-1)!, exitName, note, scale, lines }
}

/** Points of a panel along a cut. */
export function sliceLine(panel: LandscapePanel, along: SliceDirection, cuts: SurfaceCuts): SliceLine['points'] {
  const place = (index: number) => (along === 'delta' ? [index, cuts.eta] : [cuts.delta, index])
  let gap = false
  return panel.coefficients.flatMap((at, index) => {
    const [i, j] = place(index)
    const loss = panel.values[i!]![j!]!
    const broken = gap && panel.whole
    gap = loss === null
    return loss === null ? [] : [{ at, loss, std: panel.spread?.[i!]![j!] ?? null, broken }]
  })
}

/** Lines of all runs in the looks of their series, cut off at the limit, ±1 standard deviation over draws. A function of data and size alone. */
export function landscapeSliceOption(data: LandscapeSliceData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const content = { title: 'loss, nats', key: [], labels: labelsOf(data, frame), gap: labelGap }
  const head = figureHead(content, frame, { y: 10, below: headHeight - 6 })
  const plot = plotOf(data, frame, head)
  const ticks = lossBarLabels(data.scale, plot.bottom - plot.top)
  const shares = ticks.map(({ share }) => share)
  const ends = [-data.reach, 0, data.reach]
  const axis = ticksOf(ends, frame)
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: {
      ...horizontalAxis(plot, frame),
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: (at: number) => lossText(at).replace('-', '−') },
    },
    yAxis: {
      ...verticalAxis(plot, shares, frame),
      axisLabel: { ...tickLabels(shares, frame), formatter: (share: number) => nearest(ticks, share) },
    },
    series: [
      guideLines(
        shares.map((share) => ({ yAxis: share })),
        colours,
      ),
      ...data.lines.flatMap((line) => seriesOf(line, data.scale, frame)),
    ],
    graphic: [
      ...head.draw(plot),
      lineOfText(axisTitle(data), {
        x: Math.max((plot.left + plot.right) / 2, 8 + textWidth(axisTitle(data)) / 2),
        y: plot.bottom + 28,
        colour: colours.text,
        align: 'center',
      }),
      ...(hasTitle(frame)
        ? [lineOfText(`${data.exitName} · ${data.note}`, { x: 90, y: 10, colour: colours.muted })]
        : []),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function landscapeSliceSentence({ along, fixed, exitName, lines }: LandscapeSliceData): string {
  const ends = lines.map(({ name, points }) => {
    const losses = points.map(({ loss }) => loss)
    if (losses.length === 0) return `${name}: no value yet`
    return `${name} between ${Math.min(...losses).toFixed(2)} and ${Math.max(...losses).toFixed(2)} nats`
  })
  const [moved, other] = along === 'delta' ? ['δ', 'η'] : ['η', 'δ']
  return `Loss of ${exitName} along ${moved} at ${other} = ${coefficient(fixed)}: ${ends.join(', ')}.`
}

function axisTitle({ along, fixed }: LandscapeSliceData): string {
  const other = letters[along === 'delta' ? 'eta' : 'delta']
  return `coefficient of ${letters[along]}, with ${other} = ${coefficient(fixed)}`
}

/** A coefficient in words: `−0.25`. */
export function coefficient(value: number): string {
  return (Math.abs(value) < 5e-3 ? 0 : value).toFixed(2).replace('-', '−')
}

function nearest(ticks: readonly { share: number; label: string }[], share: number): string {
  return ticks.reduce((best, tick) => (Math.abs(tick.share - share) < Math.abs(best.share - share) ? tick : best)).label
}

function labelsOf({ lines, scale }: LandscapeSliceData, { theme }: FigureFrame): EndLabel[] {
  return lines.flatMap(({ regime, look, name, points }) => {
    const last = points.at(-1)
    if (last === undefined) return []
    const { line, ink, dash } = seriesStyle({ regime, look })
    const end = [last.at, lossShare(scale, last.loss)] as const
    return [{ text: name, end, colour: line[theme], ink: ink[theme], dash }]
  })
}

function plotOf({ reach, scale }: LandscapeSliceData, frame: FigureFrame, head: FigureHead): Plot {
  const widest = Math.max(...lossBarLabels(scale, frame.height - 70).map(({ label }) => textWidth(label)))
  return {
    left: 16 + widest,
    right: frame.width - head.right,
    top: headHeight + head.rows,
    bottom: frame.height - 42,
    x: { low: -reach, high: reach },
    y: { low: 0, high: 1.02 },
  }
}

function seriesOf(
  { regime, look, name, points }: SliceLine,
  scale: LossScale,
  { theme }: FigureFrame,
): (CustomSeriesOption | LineSeriesOption)[] {
  const { line, dash } = seriesStyle({ regime, look })
  const spread = points.flatMap(({ at, loss, std }) =>
    std === null ? [] : [{ x: at, low: lossShare(scale, loss - std), high: lossShare(scale, loss + std) }],
  )
  return [
    ...spreadBand(name, spread, { colour: line[theme] }),
    {
      type: 'line',
      name,
      data: points.flatMap(({ at, loss, broken }) => [...(broken ? [[at, '-']] : []), [at, lossShare(scale, loss)]]),
      showSymbol: points.length < 4,
      symbol: 'circle',
      symbolSize: 4,
      z: 3,
      lineStyle: { color: line[theme], width: 1.75, type: dash.length === 0 ? 'solid' : [...dash], join: 'round' },
      itemStyle: { color: line[theme] },
    },
  ]
}
