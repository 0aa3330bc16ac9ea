import type { EChartsOption } from 'echarts'
import { pairTitle } from '../pairs.ts'
import type { PathKind, RunPair } from '../pairs.ts'
import { pathProfile } from '../profile.ts'
import { barrierScale } from './barrier-matrix.ts'
import type { BarrierMatrixData } from './barrier-matrix.ts'
import { lineName, meanStdText, pathDecimals } from '../words.ts'
import { heatMapOption } from '../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../figures/plot.ts'

export interface BarrierRegimesData extends BarrierMatrixData {
  path: PathKind
  /** null: the mean of the exits. */
  exit: number | null
}

/** Barriers between all ends, each against each, of one exit or of the mean. A function of data and size alone. */
export function barrierRegimesOption(data: BarrierRegimesData, frame: FigureFrame): EChartsOption {
  return heatMapOption({ ...barrierRegimesHeatMap(data), title: titleOf(data) }, frame)
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

/** The figure in words, for those who do not see it. */
export function barrierRegimesSentence(data: BarrierRegimesData): string {
  const barriers = barriersOf(data).toSorted((a, b) => a.barrier.mean - b.barrier.mean)
  const words = barriers.map(
    ({ pair, barrier }) => `${pairTitle(pair)} ${meanStdText(barrier, pathDecimals(data.metric))}`,
  )
  return `${titleOf(data)}, best connected first: ${words.join(', ')}.`
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

function titleOf({ metric, split, path, exit, pairs }: BarrierRegimesData): string {
  const exitCount = pairs[0]!.members[0]!.result.naive.test.barriers.length
  const what = metric === 'loss' ? `Barriers of ${split} loss (nats)` : `Drops of ${split} accuracy (points)`
  return `${what}, ${exit === null ? 'mean of the exits' : lineName(exit, exitCount)}, ${path}`
}
