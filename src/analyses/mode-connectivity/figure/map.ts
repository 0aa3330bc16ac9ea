import type { EChartsOption } from 'echarts'
import { pairTitle } from '../pairs.ts'
import type { RunPair } from '../pairs.ts'
import { pathProfile } from '../profile.ts'
import type { PathProfile, ProfileReading } from '../profile.ts'
import { barrierText, lineName, meanStdText, pathDecimals, quantityText } from '../words.ts'
import { heatMapOption } from '../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../figures/plot.ts'
import { regimeStyles } from '../../../figures/regimes.ts'

export interface ConnectivityMapData {
  pair: RunPair
  reading: ProfileReading
  /** Loss above which every colour is the same, in nats. */
  clip: number
}

/** Loss or accuracy of every exit along the path between two models, as colours, its ends named. Null: the path was not asked for. */
export function connectivityHeatMap({ pair, reading, clip }: ConnectivityMapData): HeatMapData | null {
  const profile = pathProfile(pair, reading)
  if (profile === null) return null
  const isLoss = reading.metric === 'loss'
  const lines = [...profile.exits, profile.mean]
  return {
    title: titleOf(reading),
    rows: lines.map((_, row) => rowName(row, profile)),
    columns: { values: profile.lambdas, low: 0, high: 1, ticks: ticksOf(pair) },
    values: lines.map(({ values }) => values.map(({ mean }) => mean)),
    ...(isLoss ? { low: 0, high: clip, clipped: true, decimals: 1 } : { low: 0, high: 100, decimals: 0 }),
    strong: { rows: [profile.exits.length] },
  }
}

/** The heat map by itself. A function of data and size alone. */
export function connectivityMapOption(data: ConnectivityMapData, frame: FigureFrame): EChartsOption {
  const map = connectivityHeatMap(data)
  if (map === null) throw new TypeError('A path that was not asked for cannot be drawn')
  return heatMapOption(map, frame)
}

/** The figure in words, for those who do not see it. */
export function connectivityMapSentence({ pair, reading }: ConnectivityMapData): string {
  const profile = pathProfile(pair, reading)
  const title = pairTitle(pair)
  if (profile === null) return `${title}: the ${reading.path} path was not asked for.`
  const { lambdas, mean } = profile
  const decimals = pathDecimals(reading.metric)
  const at = (place: number) => meanStdText(mean.values[place]!, decimals)
  const ends = `${at(0)} and ${at(lambdas.length - 1)} at the ends`
  const highest = profile.exits.reduce((a, b) => (b.barrier.mean > a.barrier.mean ? b : a))
  const exit = rowName(profile.exits.indexOf(highest), profile)
  return (
    `${title}, ${reading.path} path: mean ${quantityText(reading.metric, reading.split)} of the exits ${ends}, ` +
    `${barrierText(mean, reading.metric)}, at λ = ${lambdas[mean.peak]!.toFixed(2)}; ` +
    `the most at ${exit}, ${meanStdText(highest.barrier, decimals)}.`
  )
}

function titleOf({ path, metric, split }: ProfileReading): string {
  const quantity = quantityText(metric, split)
  return path === 'matched' ? `${quantity} after matching units` : `${quantity}, units as they are`
}

function rowName(row: number, { exits }: PathProfile): string {
  return lineName(row === exits.length ? null : row, exits.length)
}

function ticksOf({ ends: [first, second] }: RunPair) {
  return [
    { at: 0, text: `λ = 0, ${first.label}`, colour: regimeStyles[first.regime].ink, align: 'left' as const },
    { at: 0.5, text: '0.5' },
    { at: 1, text: `λ = 1, ${second.label}`, colour: regimeStyles[second.regime].ink, align: 'right' as const },
  ]
}
