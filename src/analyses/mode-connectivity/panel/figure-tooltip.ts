import { pathProfile, meanStdText, pathDecimals } from '../profile.ts'
import { connectivityHeatMap, type ConnectivityMapData } from '../figure/maps.ts'
import { curveLines, type CurveChoice } from '../figure/curve-lines.ts'
import type { FigureTheme } from '../../../figures/regimes.ts'
import type { EChartsOption } from '../../../renderer/charts/echarts.ts'
import { horizontalOf, tooltipLook, tooltipPointer } from '../../../renderer/charts/tooltip-look.ts'

/** `exit 3, λ = 0.46`, then the value there. */
export function mapText(data: ConnectivityMapData, column: number, row: number): string {
  const profile = pathProfile(data.pair, data.reading)!
  const line = profile.exits[row] ?? profile.mean
  const unit = data.reading.metric === 'loss' ? 'nats' : '%'
  const value = meanStdText(line.values[column]!, pathDecimals(data.reading.metric) + 1)
  return `${connectivityHeatMap(data)!.rows[row]}, λ = ${profile.lambdas[column]!.toFixed(3)}\n${value} ${unit}`
}

/** `λ = 0.46`, then the value of every line there. */
export function curveText(choice: CurveChoice, lambda: number): string {
  const texts = curveLines(choice, 'light').flatMap(({ name, lambdas, line }) => {
    const place = lambdas.indexOf(lambda)
    return place === -1 ? [] : [`${name}  ${meanStdText(line.values[place]!, pathDecimals(choice.metric) + 1)}`]
  })
  return [`λ = ${lambda.toFixed(3)}`, ...texts].join('\n')
}

export function withMapTooltip(option: EChartsOption, data: ConnectivityMapData, theme: FigureTheme): EChartsOption {
  const formatter = (mark: unknown) => {
    const [column, row] = (mark as { value: [number, number] }).value
    return mapText(data, column, row)
  }
  return { ...option, tooltip: { ...tooltipLook(theme), trigger: 'item', formatter } }
}

export function withCurveTooltip(option: EChartsOption, choice: CurveChoice, theme: FigureTheme): EChartsOption {
  const formatter = (marks: unknown) => curveText(choice, horizontalOf(marks))
  const axisPointer = tooltipPointer(theme)
  return { ...option, tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer, formatter } }
}
