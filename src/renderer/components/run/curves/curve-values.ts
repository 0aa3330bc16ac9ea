import type { TrainingSpec } from '../../../../shared/experiment/training.ts'
import type { EpochHistory } from '../../../composables/run/use-epochs.ts'
import { exitCurvesSentence, valueText, valueWithUnit } from '../../../../figures/exit-curves.ts'
import type { ExitCurvesData } from '../../../../figures/exit-curves.ts'
import type { Table } from '../../../../shared/tables/table.ts'
import { shownTable } from '../../../../shared/tables/text-table.ts'
import type { EChartsOption } from '../../../charts/echarts.ts'
import { withAxisTooltip } from '../../../charts/tooltip.ts'
import type { FigureTheme } from '../../../../figures/regimes.ts'

/** Epoch of the best checkpoint so far; null before the first epoch. */
export function keptSoFar(history: EpochHistory | undefined, keep: TrainingSpec['keep']): number | null {
  const records = history?.records ?? []
  const kept = keep === 'last-epoch' ? records.at(-1) : records.findLast(({ improved }) => improved)
  return kept?.epoch ?? null
}

/** The curves as a table: a line for each epoch, a column for each exit; null where an exit has no value. */
export function epochTable(data: ExitCurvesData): Table {
  const unit = data.quantity.unit && ` (${data.quantity.unit})`
  const exits = data.exits.map(({ label }) => ({ title: label + unit, numeric: true }))
  const columns = [{ title: 'Epoch', numeric: true }, ...exits] as const
  return shownTable({ caption: exitCurvesSentence(data), columns, rows: rowsOf(data) })
}

function rowsOf(data: ExitCurvesData): (string | null)[][] {
  const values = data.exits.map(
    ({ points }) => new Map(points.map(({ epoch, value }) => [epoch, valueText(data.quantity, value)])),
  )
  const epochs = [...new Set(values.flatMap((of) => [...of.keys()]))].sort((a, b) => a - b)
  return epochs.map((epoch) => [String(epoch), ...values.map((of) => of.get(epoch) ?? null)])
}

/** The figure with what each exit is worth at the epoch under the pointer. */
export function withEpochTooltip(option: EChartsOption, data: ExitCurvesData, theme: FigureTheme): EChartsOption {
  return withAxisTooltip(option, theme, (epoch, marks) => epochText(data, epoch, markersOf(marks)))
}

/** Name of each line under the pointer → a dot of its colour, as the text of a drawn tooltip has it. */
function markersOf(marks: unknown): ReadonlyMap<string, string> {
  const all = (Array.isArray(marks) ? marks : [marks]) as { seriesName?: string; marker?: unknown }[]
  return new Map(all.map(({ seriesName, marker }) => [seriesName ?? '', typeof marker === 'string' ? marker : '']))
}

/** `epoch 12`, then the value of every exit that has one there behind its marker, the deepest first. */
export function epochText(
  data: ExitCurvesData,
  epoch: number,
  markers: ReadonlyMap<string, string> = new Map(),
): string {
  const lines = data.exits.flatMap(({ label, points }) => {
    const point = points.find((each) => each.epoch === epoch)
    return point ? [`${markers.get(label) ?? ''}${label}  ${valueWithUnit(data.quantity, point.value)}`] : []
  })
  return [`epoch ${epoch}`, ...lines.toReversed()].join('\n')
}
