import type { EChartsOption } from '../../charts/echarts.ts'
import { withAxisTooltip } from '../../charts/tooltip.ts'
import { count } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import type { FigureTheme } from '../../../figures/regimes.ts'
import type { TrainingCurvesData, TrainingLine } from '../../../readings/training-curves/curves.ts'

const mostLines = 14

/** The figure with the value of each line under the pointer. */
export function withCurveTooltip(option: EChartsOption, data: TrainingCurvesData, theme: FigureTheme): EChartsOption {
  return withAxisTooltip(option, theme, (x) => curveText(data, x))
}

/** Where the pointer is, then each line's last value up to there, the best first. */
function curveText(data: TrainingCurvesData, x: number): string {
  const digits = data.metric.decimals - 1
  const sign = data.metric.higherIsBetter ? 1 : -1
  const values = data.lines
    .flatMap((line) => {
      const point = pointAt(line, x)
      return point === null ? [] : [{ name: line.name, ...point }]
    })
    .toSorted((a, b) => sign * (b.value - a.value))
  const lines = values.slice(0, mostLines).map(({ name, value, std }) => {
    const spread = std === null ? '' : ` ± ${std.toFixed(digits)}`
    return `${name}  ${value.toFixed(digits)}${spread}`
  })
  const others = values.length - lines.length
  return [placeText(data, x), ...lines, ...(others > 0 ? [`and ${others} others`] : [])].join('\n')
}

/** Null where the line does not reach so far. */
function pointAt({ points }: TrainingLine, x: number): TrainingLine['points'][number] | null {
  const last = points.at(-1)
  if (last === undefined || last.x < x) return null
  return points.findLast((point) => point.x <= x) ?? null
}

function placeText({ x: axis }: TrainingCurvesData, x: number): string {
  if (axis === 'seconds') return `after ${duration(x)}`
  return `${axis} ${count(Math.round(x))}`
}
