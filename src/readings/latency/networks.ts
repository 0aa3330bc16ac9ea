import { nameAmong } from '../../figures/series-lines.ts'
import { firstOf } from '../../shared/format/lists.ts'
import type { MeasuredCosts, SeriesLatency } from './schema.ts'

/** A network that was measured once, and the series that have it. */
export interface MeasuredNetwork {
  /** `joint and 2 more, quickstart`: its series, with their experiments where several are compared. */
  name: string
  series: readonly SeriesLatency[]
  exits: readonly MeasuredCosts[]
  backbone: MeasuredCosts
}

/** Further series of an experiment, and further experiments, are counted. */
const [mostSeries, mostExperiments] = [1, 2]

export function networksOf(all: readonly SeriesLatency[]): MeasuredNetwork[] {
  const networks = Map.groupBy(all, ({ exits, backbone }) => JSON.stringify([exits, backbone]))
  return [...networks.values()].map((series) => {
    const { exits, backbone } = series[0]!
    return { name: nameOf(series, all), series, exits, backbone }
  })
}

function nameOf(members: readonly SeriesLatency[], all: readonly SeriesLatency[]): string {
  const names = [...Map.groupBy(members, ({ experiment }) => experiment)].map(([experiment, own]) => {
    const series = own.map((each) => each.series)
    return nameAmong({ experiment, series: firstOf(series, mostSeries) }, all)
  })
  return firstOf(names, mostExperiments, '; ')
}
