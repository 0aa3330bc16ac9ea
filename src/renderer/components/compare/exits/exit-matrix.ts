import type { ExitRow, ExitTables } from '../../../../shared/exit-table.ts'
import { best } from '../../../../shared/metric.ts'
import { primaryMetric, type NamedMetric } from '../../../../shared/task.ts'
import type { RegimeName } from '../../../../shared/phase.ts'

/** The exits of one experiment, a row for each regime. */
export interface ExitMatrix {
  experiment: string
  metric: NamedMetric
  /** Cost of each exit, which all regimes share; the final exit last. */
  exits: { exit: number; block: number | null; macs: number; fraction: number }[]
  rows: { regime: RegimeName; series: string; look: number | null; seeds: number; cells: ExitMatrixCell[] }[]
}

export interface ExitMatrixCell extends Pick<ExitRow, 'value' | 'overthinking'> {
  /** Whether no regime of the experiment shows a better value at this exit, and there is one to be better than. */
  best: boolean
}

/** Exits side by side, experiment by experiment: networks that differ have tables of their own. */
export function exitMatrices(tables: ExitTables): ExitMatrix[] {
  return [...Map.groupBy(tables, networkOf).values()].map((members) => {
    const { experiment } = members[0]!
    const metric = primaryMetric(members[0]!)
    const shown = (value: number) => value.toFixed(metric.decimals)
    const bests = members[0]!.exits.map((_, e) => shown(best(metric, members.map(({ exits }) => exits[e]!.value.mean)))) // prettier-ignore
    return {
      experiment,
      metric,
      exits: members[0]!.exits.map(({ exit, block, macs, fraction }) => ({ exit, block, macs, fraction })),
      rows: members.map(({ regime, series, look, seeds, exits }) => ({
        ...{ regime, series, look },
        seeds: seeds.length,
        cells: exits.map(({ value, overthinking }, e) => ({
          value,
          overthinking,
          best: members.length > 1 && shown(value.mean) === bests[e],
        })),
      })),
    }
  })
}

/** What tells networks of different cost apart: series may differ in their network. */
function networkOf({ experiment, exits }: ExitTables[number]): string {
  return [experiment, ...exits.map(({ macs }) => macs)].join(' ')
}
