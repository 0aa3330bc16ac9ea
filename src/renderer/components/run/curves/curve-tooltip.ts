import type { EChartsOption } from '../../../charts/echarts.ts'
import { horizontalOf, tooltipLook, tooltipPointer } from '../../../charts/tooltip-look.ts'
import { valueWithUnit } from '../../../../figures/exit-curves.ts'
import type { ExitCurvesData } from '../../../../figures/exit-curves.ts'
import type { FigureTheme } from '../../../../figures/regimes.ts'

/** The figure with what each exit is worth at the epoch under the pointer. */
export function withEpochTooltip(option: EChartsOption, data: ExitCurvesData, theme: FigureTheme): EChartsOption {
  return {
    ...option,
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'axis',
      // ECharts leaves the markers out of the width of a drawn tooltip.
      padding: [5, 18, 5, 8],
      axisPointer: tooltipPointer(theme),
      formatter: (marks) => epochText(data, horizontalOf(marks), markersOf(marks)),
    },
  }
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
