import type { Calibrations } from '../../../../shared/calibration.ts'
import type { MeanStd } from '../../../../shared/evaluation.ts'
import type { ExitRow, ExitTables } from '../../../../shared/exit-table.ts'
import { best } from '../../../../shared/metric.ts'
import { measuredSamples, type MaybeImported } from '../../../../shared/imported.ts'
import { primaryMetric } from '../../../../shared/task.ts'

/** What is shown of each exit. */
export interface ExitQuantity {
  decimals: number
  higherIsBetter: boolean
  /** Name of the second number of a cell; null: there is none. */
  below: string | null
  of(exit: ExitRow, table: ExitTables[number]): Pick<ExitMatrixCell, 'value' | 'below'>
}

/** The exits of one experiment, a row for each regime. */
export interface ExitMatrix extends Pick<ExitQuantity, 'decimals' | 'below'> {
  experiment: string
  /** Machine whose milliseconds are the costs; undefined: multiply-adds. */
  latency: string | undefined
  /** Cost of each exit, which all regimes share; the final exit last. */
  exits: Pick<ExitRow, 'exit' | 'block' | 'cost' | 'fraction'>[]
  rows: (MaybeImported & {
    regime: string | null
    series: string
    look: number | null
    seeds: number
    cells: ExitMatrixCell[]
  })[]
}

interface ExitMatrixCell {
  value: MeanStd
  below: MeanStd | null
  /** Whether no regime of the experiment shows a better value at this exit, and there is one to be better than. */
  best: boolean
}

/** The primary metric, below it overthinking. */
export function metricOfExits([first]: ExitTables): ExitQuantity {
  const { decimals, higherIsBetter } = primaryMetric(first ?? {})
  return {
    decimals,
    higherIsBetter,
    below: first?.task ? null : 'overthinking',
    of: ({ exit, value, overthinking }) => ({ value, below: exit === 0 ? null : overthinking }),
  }
}

/** The expected calibration error on test samples, below it that at the temperature of the exit. */
export function calibrationOfExits(calibrations: Calibrations): ExitQuantity {
  const onTest = calibrations.filter(({ split }) => split === 'test')
  return {
    decimals: 2,
    higherIsBetter: false,
    below: 'at its temperature',
    of({ exit }, { experiment, series }) {
      const { exits } = onTest.find((each) => each.experiment === experiment && each.series === series)!
      return { value: exits[exit]!.error, below: exits[exit]!.scaled.error }
    },
  }
}

/** Exits side by side, experiment by experiment: networks that differ have tables of their own. */
export function exitMatrices(tables: ExitTables, quantity: ExitQuantity): ExitMatrix[] {
  const { decimals, below } = quantity
  const shown = (value: number) => value.toFixed(decimals)
  return [...Map.groupBy(tables, networkOf).values()].map((members) => {
    const { experiment, latency, exits } = members[0]!
    const cells = members.map((table) => table.exits.map((exit) => quantity.of(exit, table)))
    const bests = exits.map((_, e) => shown(best(quantity, cells.map((row) => row[e]!.value.mean)))) // prettier-ignore
    return {
      experiment,
      latency,
      decimals,
      below,
      exits: exits.map(({ exit, block, cost, fraction }) => ({ exit, block, cost, fraction })),
      rows: members.map(({ regime, series, look, imported, seeds }, row) => ({
        regime,
        series,
        look,
        ...(imported && { imported }),
        seeds: seeds.length,
        cells: cells[row]!.map((cell, e) => ({
          ...cell,
          best: members.length > 1 && shown(cell.value.mean) === bests[e],
        })),
      })),
    }
  })
}

/** What tells networks of different cost, and samples, apart: series may differ in their network. */
function networkOf({ experiment, imported, exits }: ExitTables[number]): string {
  return [
    measuredSamples({ imported }),
    experiment,
    ...exits.map(({ cost, fraction }) => cost ?? `${fraction} of the backbone`),
  ].join(' ')
}
