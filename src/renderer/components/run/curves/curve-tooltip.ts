import type { EChartsOption } from '../../../charts/echarts.ts'
import { tooltipLook } from '../../../charts/tooltip-look.ts'
import { valueText } from '../../../../shared/figures/exit-curves.ts'
import type { ExitCurvesData } from '../../../../shared/figures/exit-curves.ts'
import type { FigureTheme } from '../../../../shared/figures/regimes.ts'
import { figureColours } from '../../../../shared/figures/theme.ts'

/** The figure with what each exit is worth at the epoch under the pointer. */
export function withEpochTooltip(option: EChartsOption, data: ExitCurvesData, theme: FigureTheme): EChartsOption {
  const { axis } = figureColours[theme]
  return {
    ...option,
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: axis, width: 1, type: 'solid' }, label: { show: false } },
      formatter: (marks) => epochText(data, epochOf(marks)),
    },
  }
}

/** `epoch 12`, then the value of every exit that has one there, the deepest first. */
export function epochText(data: ExitCurvesData, epoch: number): string {
  const unit = data.metric === 'accuracy' ? ' %' : ''
  const lines = data.exits.flatMap(({ label, points }) => {
    const point = points.find((each) => each.epoch === epoch)
    return point ? [`${label}  ${valueText(data, point.value)}${unit}`] : []
  })
  return [`epoch ${epoch}`, ...lines.toReversed()].join('\n')
}

function epochOf(marks: unknown): number {
  const [mark] = (Array.isArray(marks) ? marks : [marks]) as { value: [number, number] }[]
  return mark!.value[0]
}
