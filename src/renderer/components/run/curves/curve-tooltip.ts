import type { EChartsOption } from '../../../charts/echarts.ts'
import { valueText } from '../../../../shared/figures/exit-curves.ts'
import type { ExitCurvesData } from '../../../../shared/figures/exit-curves.ts'
import type { FigureTheme } from '../../../../shared/figures/regimes.ts'
import { figureColours, figureFont, figureFontSize } from '../../../../shared/figures/theme.ts'

/** The figure with what each exit is worth at the epoch under the pointer. */
export function withEpochTooltip(option: EChartsOption, data: ExitCurvesData, theme: FigureTheme): EChartsOption {
  const { surface, text, axis } = figureColours[theme]
  return {
    ...option,
    tooltip: {
      trigger: 'axis',
      // Drawn, not written into the page: the page allows no styles from elsewhere.
      renderMode: 'richText',
      confine: true,
      backgroundColor: surface,
      borderColor: axis,
      padding: [5, 8],
      textStyle: { color: text, fontSize: figureFontSize, fontFamily: figureFont, lineHeight: 15 },
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
