import { pathProfile, meanStdText, pathDecimals } from '../../../readings/analyses/mode-connectivity/profile.ts'
import {
  connectivityHeatMap,
  type ConnectivityMapData,
} from '../../../readings/analyses/mode-connectivity/figure/maps.ts'
import { curveLines, type CurveChoice } from '../../../readings/analyses/mode-connectivity/figure/curve-lines.ts'
import type { FigureTheme } from '../../../figures/regimes.ts'
import type { EChartsOption } from '../../charts/echarts.ts'
import { withAxisTooltip, withCellTooltip } from '../../charts/tooltip.ts'

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
  return withCellTooltip(option, theme, (column, row) => mapText(data, column, row))
}

export function withCurveTooltip(option: EChartsOption, choice: CurveChoice, theme: FigureTheme): EChartsOption {
  return withAxisTooltip(option, theme, (lambda) => curveText(choice, lambda))
}
