import type { ExitRow, ExitTables } from '../../../../shared/exit-table.ts'
import type { RegimeName } from '../../../../shared/phase.ts'

/** The exits of one experiment, a row for each regime. */
export interface ExitMatrix {
  experiment: string
  /** Cost of each exit, which all regimes share; the final exit last. */
  exits: { exit: number; block: number | null; macs: number; fraction: number }[]
  rows: { regime: RegimeName; series: string; look: number | null; seeds: number; cells: ExitMatrixCell[] }[]
}

export interface ExitMatrixCell extends Pick<ExitRow, 'accuracy' | 'overthinking'> {
  /** Whether no regime of the experiment shows a higher accuracy at this exit, and there is one to be better than. */
  best: boolean
}

/** Exits side by side, experiment by experiment: networks that differ have tables of their own. */
export function exitMatrices(tables: ExitTables): ExitMatrix[] {
  return [...Map.groupBy(tables, networkOf).values()].map((members) => {
    const { experiment } = members[0]!
    const best = members[0]!.exits.map((_, e) =>
      shown(Math.max(...members.map(({ exits }) => exits[e]!.accuracy.mean))),
    )
    return {
      experiment,
      exits: members[0]!.exits.map(({ exit, block, macs, fraction }) => ({ exit, block, macs, fraction })),
      rows: members.map(({ regime, series, look, seeds, exits }) => ({
        ...{ regime, series, look },
        seeds: seeds.length,
        cells: exits.map(({ accuracy, overthinking }, e) => ({
          accuracy,
          overthinking,
          best: members.length > 1 && shown(accuracy.mean) === best[e],
        })),
      })),
    }
  })
}

/** What tells networks of different cost apart: series may differ in their network. */
function networkOf({ experiment, exits }: ExitTables[number]): string {
  return [experiment, ...exits.map(({ macs }) => macs)].join(' ')
}

const shown = (percent: number): string => percent.toFixed(2)
