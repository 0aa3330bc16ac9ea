import type { EChartsOption, SeriesOption } from 'echarts'
import { chart } from '../../../../figures/chart.ts'
import type { EndLabel } from '../../../../figures/end-labels.ts'
import { boundsOf, dataLine, spreadBand } from '../../../../figures/marks.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'
import { seriesStyle } from '../../../../figures/regimes.ts'
import { lossBarLabels } from './multiples.ts'
import type { LandscapePanel } from './panel.ts'
import { lossShare, lossText, type LossScale } from './scale.ts'
import type { SurfaceCuts } from './surface-scene.ts'

export type SliceDirection = 'delta' | 'eta'

/** The loss of one exit along one direction, of several runs. */
interface LandscapeSliceData {
  along: SliceDirection
  /** Coefficient of the other direction. */
  fixed: number
  reach: number
  exitName: string
  /** Data of the computation. */
  note: string
  scale: LossScale
  lines: readonly SliceLine[]
}

interface SliceLine {
  regime: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  name: string
  /** Points with a value. `broken`: the line is interrupted before this point. */
  points: readonly { at: number; loss: number; std: number | null; broken: boolean }[]
}

const letters = { delta: 'δ', eta: 'η' } as const

interface SliceChoice {
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
    regime: panel.regime,
    look: panel.look,
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
  const { reach, scale, exitName, note, lines } = data
  const ticks = lossBarLabels(scale, frame.height - 70)
  const { option } = chart(
    {
      title: 'loss, nats',
      labels: labelsOf(data, frame),
      gap: 14,
      note: `${exitName} · ${note}`,
      x: { title: axisTitle(data), low: -reach, high: reach, ticks: () => [-reach, 0, reach], text: signedText },
      y: { ticks: ticks.map(({ share }) => share), low: 0, high: 1.02, text: (share) => nearest(ticks, share) },
    },
    frame,
  )
  return option(lines.flatMap((line) => seriesOf(line, scale, frame)))
}

function signedText(value: number): string {
  return lossText(value).replace('-', '−')
}

/** Text description of the figure. */
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

/** A coefficient in words: `−0.25`, a small one with two digits that count: `0.0042`. */
export function coefficient(value: number): string {
  const isSmall = value !== 0 && Math.abs(value) < 0.1
  return (isSmall ? String(Number(value.toPrecision(2))) : value.toFixed(2)).replace('-', '−')
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

function seriesOf({ regime, look, name, points }: SliceLine, scale: LossScale, { theme }: FigureFrame): SeriesOption[] {
  const { line, dash } = seriesStyle({ regime, look })
  const bounds = boundsOf(points.map(({ at, loss, std }) => ({ x: at, mean: loss, std })))
  const shares = bounds.map(({ x, low, high }) => ({ x, low: lossShare(scale, low), high: lossShare(scale, high) }))
  const places = points.flatMap(({ at, loss, broken }) => [
    ...(broken ? [[at, '-']] : []),
    [at, lossShare(scale, loss)],
  ])
  const single = { showSymbol: points.length < 4, symbol: 'circle', symbolSize: 4 }
  return [
    ...spreadBand(name, shares, { colour: line[theme] }),
    dataLine(name, places, { colour: line[theme], dash, ...single }),
  ]
}
