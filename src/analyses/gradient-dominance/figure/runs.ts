import type { EChartsOption } from 'echarts'
import { cosineScale, cosineText, dominanceTitle } from './data.ts'
import { exitLabel } from '../../../figures/exit-curves-data.ts'
import { heatMapOption } from '../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../figures/plot.ts'

/** Gradient dominance at the kept weights of several runs, over the whole backbone. */
export interface DominanceRunsData {
  /** Of all networks, the final classifier included. */
  exitCount: number
  runs: readonly {
    /** `joint, seed 1` */
    label: string
    /** By exit; null where there is no gradient. */
    cosines: readonly (number | null)[]
  }[]
}

/** Runs by exits. */
export function runsHeatMap({ exitCount, runs }: DominanceRunsData): HeatMapData {
  const values = runs.map(({ cosines }) => cosines)
  return {
    title: `${dominanceTitle}, over the backbone (kept weights)`,
    rows: runs.map(({ label }) => label),
    columns: Array.from({ length: exitCount }, (_, exit) => ({ label: exitLabel(exit, exitCount) })),
    values,
    ...cosineScale(values.flat()),
  }
}

/** The heat map with its axes. A function of data and size alone. */
export function dominanceRunsOption(data: DominanceRunsData, frame: FigureFrame): EChartsOption {
  return heatMapOption(runsHeatMap(data), frame)
}

/** The figure in words, for those who do not see it. */
export function dominanceRunsSentence({ exitCount, runs }: DominanceRunsData): string {
  const each = runs.map(({ label, cosines }) => {
    const values = cosines.flatMap((value, exit) =>
      value === null ? [] : [`${exitLabel(exit, exitCount)} ${cosineText(value)}`],
    )
    return `${label}: ${values.join(', ')}`
  })
  return `Gradient dominance at the kept weights, over the whole backbone. ${each.join('; ')}.`
}
