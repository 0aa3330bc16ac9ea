import type { EChartsOption } from 'echarts'
import {
  exitCountOf,
  inPrecision,
  pairTitle,
  type PathKind,
  type PathMetric,
  type PathSplit,
  type RunPair,
} from '../pairs.ts'
import { pathProfile, lineName, meanStdText, pathDecimals, type PathLine } from '../profile.ts'
import { heatMapOption } from '../../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'

interface BarrierMatrixData {
  /** At least one. */
  pairs: readonly RunPair[]
  metric: PathMetric
  split: PathSplit
  /** Loss above which every colour is the same, in nats. */
  clip: number
}

/** A row of the matrix: one path of one pair, its exits and their mean. */
export interface BarrierRow {
  pair: RunPair
  path: PathKind
  /** Of the exits, then of their mean. */
  lines: readonly PathLine[]
}

/** Every path of every pair, naive before matched. */
export function barrierRows({ pairs, metric, split }: Omit<BarrierMatrixData, 'clip'>): BarrierRow[] {
  return pairs.flatMap((pair) =>
    (['naive', 'matched'] as const).flatMap((path): BarrierRow[] => {
      const profile = pathProfile(pair, { path, metric, split })
      return profile === null ? [] : [{ pair, path, lines: [...profile.exits, profile.mean] }]
    }),
  )
}

/** Barriers of all pairs, by exit: two rows a pair. A function of data and size alone. */
export function barrierMatrixOption(data: BarrierMatrixData, frame: FigureFrame): EChartsOption {
  return heatMapOption({ ...barrierHeatMap(data), title: titleOf(data) }, frame)
}

export function barrierHeatMap(data: BarrierMatrixData): HeatMapData {
  const rows = barrierRows(data)
  const count = rows[0]!.lines.length
  const decimals = pathDecimals(data.metric)
  const firstOf = (row: number) => row === 0 || rows[row - 1]!.pair !== rows[row]!.pair
  return {
    rows: rows.map(({ path }) => path),
    rowGroups: rows.map(({ pair }, row) => (firstOf(row) ? pairTitle(pair) : null)),
    columns: Array.from({ length: count }, (_, column) => ({
      label: lineName(column === count - 1 ? null : column, count - 1),
    })),
    values: rows.map(({ lines }) => lines.map(({ barrier }) => barrier.mean)),
    texts: rows.map(({ lines }) => lines.map(({ barrier }) => meanStdText(barrier, decimals))),
    ...barrierScale(data),
    gapsAfter: rows.flatMap((_, row) => (row + 1 < rows.length && firstOf(row + 1) ? [row] : [])),
    strong: { columns: [count - 1] },
  }
}

/** Colours of barriers: of loss up to the clip, of accuracy from nothing to everything lost. */
function barrierScale({ metric, clip }: Pick<BarrierMatrixData, 'metric' | 'clip'>) {
  const decimals = pathDecimals(metric)
  return metric === 'loss' ? { low: 0, high: clip, clipped: true, decimals } : { low: 0, high: 100, decimals }
}

/** Text description of the figure: the smallest and the largest barrier. */
export function barrierMatrixSentence(data: BarrierMatrixData): string {
  const all = barrierRows(data)
  const matched = all.filter(({ path }) => path === 'matched')
  const rows = (matched.length > 0 ? matched : all).toSorted((a, b) => meanOf(a) - meanOf(b))
  const word = (row: BarrierRow) =>
    `${pairTitle(row.pair)} ${meanStdText(row.lines.at(-1)!.barrier, pathDecimals(data.metric))}`
  const path = matched.length > 0 ? 'after matching units' : 'with units not permuted'
  const [closest, furthest] = [rows[0]!, rows.at(-1)!]
  const others = rows.length > 1 ? `, the furthest apart ${word(furthest)}` : ''
  return `${titleOf(data)}, mean of the exits ${path}: the best connected pair is ${word(closest)}${others}.`
}

function meanOf({ lines }: BarrierRow): number {
  return lines.at(-1)!.barrier.mean
}

function titleOf({ pairs, metric, split }: BarrierMatrixData): string {
  const quantity = metric === 'loss' ? `Barriers of ${split} loss (nats)` : `Decrease of ${split} accuracy (points)`
  return quantity + inPrecision(pairs[0]!)
}

interface BarrierRegimesData extends BarrierMatrixData {
  path: PathKind
  /** null: the mean of the exits. */
  exit: number | null
}

/** Barriers between all ends, each against each, of one exit or of the mean. A function of data and size alone. */
function barrierRegimesOption(data: BarrierRegimesData, frame: FigureFrame): EChartsOption {
  return heatMapOption({ ...barrierRegimesHeatMap(data), title: regimesTitle(data) }, frame)
}

export function barrierRegimesHeatMap(data: BarrierRegimesData): HeatMapData {
  const ends = endsOf(data.pairs)
  const barriers = barriersOf(data)
  const between = (a: string, b: string) => barriers.find(({ pair }) => isBetween(pair, a, b))?.barrier ?? null
  const cells = ends.map((a) => ends.map((b) => (a === b ? null : between(a, b))))
  const decimals = pathDecimals(data.metric)
  return {
    rows: ends,
    columns: ends.map((label) => ({ label })),
    values: cells.map((row) => row.map((barrier) => barrier?.mean ?? null)),
    texts: cells.map((row) => row.map((barrier) => barrier && meanStdText(barrier, decimals))),
    ...barrierScale(data),
  }
}

/** Text description of the figure. */
export function barrierRegimesSentence(data: BarrierRegimesData): string {
  const barriers = barriersOf(data).toSorted((a, b) => a.barrier.mean - b.barrier.mean)
  const words = barriers.map(
    ({ pair, barrier }) => `${pairTitle(pair)} ${meanStdText(barrier, pathDecimals(data.metric))}`,
  )
  return `${regimesTitle(data)}, best connected first: ${words.join(', ')}.`
}

function barriersOf({ pairs, ...reading }: BarrierRegimesData) {
  return pairs.flatMap((pair) => {
    const profile = pathProfile(pair, reading)
    if (profile === null) return []
    return [{ pair, barrier: (reading.exit === null ? profile.mean : profile.exits[reading.exit]!).barrier }]
  })
}

function endsOf(pairs: readonly RunPair[]): string[] {
  return [...new Set(pairs.flatMap(({ ends }) => ends.map(({ label }) => label)))]
}

function isBetween({ ends: [first, second] }: RunPair, a: string, b: string): boolean {
  return (first.label === a && second.label === b) || (first.label === b && second.label === a)
}

function regimesTitle(data: BarrierRegimesData): string {
  const { path, exit, pairs } = data
  const exitCount = exitCountOf(pairs[0]!)
  return `${titleOf(data)}, ${exit === null ? 'mean of the exits' : lineName(exit, exitCount)}, ${path}`
}

/** How barriers are drawn: every pair by exit, or every end by every other. */
export const barrierDrawings = {
  exits: { option: barrierMatrixOption, sentence: barrierMatrixSentence },
  regimes: { option: barrierRegimesOption, sentence: barrierRegimesSentence },
}
