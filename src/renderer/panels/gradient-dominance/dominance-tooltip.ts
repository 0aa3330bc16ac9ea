import { cosineText } from '../../../readings/analyses/gradient-dominance/figure/data.ts'
import { isNamed, type HeatMapData } from '../../../figures/heat-map-layout.ts'
import type { FigureTheme } from '../../../figures/regimes.ts'
import type { EChartsOption } from '../../charts/echarts.ts'
import { withCellTooltip } from '../../charts/tooltip.ts'

/** A heat map with the row, the column and the cosine of the cell under the pointer. */
export function withCosineTooltip(option: EChartsOption, map: HeatMapData, theme: FigureTheme): EChartsOption {
  return withCellTooltip(option, theme, (column, row) => cellText(map, row, column))
}

/** `exit 3, epoch 12`, then the value there. */
export function cellText({ rows, columns, values }: HeatMapData, row: number, column: number): string {
  const value = values[row]![column]!
  const place = isNamed(columns) ? blockName(columns[column]!.label) : `epoch ${columns.values[column]}`
  return `${rows[row]}, ${place}\n${value === null ? 'does not depend on it' : cosineText(value)}`
}

function blockName(label: string): string {
  if (label === 'all') return 'the whole backbone'
  return label.startsWith('block') ? label : `block ${label}`
}
