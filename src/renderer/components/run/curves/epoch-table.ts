import { valueText } from '../../../../figures/exit-curves.ts'
import type { ExitCurvesData } from '../../../../figures/exit-curves.ts'

/** The curves as a table: a line for each epoch, a column for each exit; null where an exit has no value. Lines are made when they are read. */
export function epochTable(data: ExitCurvesData): {
  columns: { title: string; numeric: boolean }[]
  readonly rows: (string | null)[][]
} {
  const unit = data.quantity.unit && ` (${data.quantity.unit})`
  return {
    columns: ['Epoch', ...data.exits.map(({ label }) => label + unit)].map((title) => ({ title, numeric: true })),
    get rows() {
      return rowsOf(data)
    },
  }
}

function rowsOf(data: ExitCurvesData): (string | null)[][] {
  const values = data.exits.map(
    ({ points }) => new Map(points.map(({ epoch, value }) => [epoch, valueText(data.quantity, value)])),
  )
  const epochs = [...new Set(values.flatMap((of) => [...of.keys()]))].sort((a, b) => a - b)
  return epochs.map((epoch) => [String(epoch), ...values.map((of) => of.get(epoch) ?? null)])
}
