import { exitsAt, type BlockLinesData } from '../../../figures/block-lines-data.ts'
import { fadedOpacity } from '../../../figures/key.ts'
import type { FigureTheme } from '../../../figures/regimes.ts'
import type { EChartsOption, SeriesOption } from '../../charts/echarts.ts'
import { withAxisTooltip } from '../../charts/tooltip.ts'
import { fixed, none } from '../../../shared/format/numbers.ts'

/** The figure with the values of the block under the pointer; the line under it is highlighted. */
export function withBlockTooltip(option: EChartsOption, data: BlockLinesData, theme: FigureTheme): EChartsOption {
  const drawn = { ...option, series: [option.series ?? []].flat().map(standingOut) }
  return withAxisTooltip(drawn, theme, (x) => blockText(data, Math.round(x)))
}

/** Under the pointer; all else fades. */
function standingOut(series: SeriesOption): SeriesOption {
  if (series.type !== 'line' || series.silent) return series
  return {
    ...series,
    triggerLineEvent: true,
    emphasis: { focus: 'series', lineStyle: { width: 2.25 } },
    blur: { lineStyle: { opacity: fadedOpacity }, itemStyle: { opacity: fadedOpacity } },
  }
}

/** `block 3, read by exit 1`, then each series' value there. */
export function blockText(data: BlockLinesData, block: number): string {
  const exits = exitsAt(data, block)
  const head = exits.length === 0 ? `block ${block}` : `block ${block}, read by ${exits.map(exitName).join(' and ')}`
  const lines = data.lines.map(({ series, points }) => {
    const point = points.find((each) => each.block === block)
    return `${series}  ${point ? meanStdText(point, data.decimals) : none}`
  })
  return [head, ...lines].join('\n')
}

/** `74.3 ± 2.1`, or the mean alone with one seed. */
function meanStdText({ mean, std }: { mean: number; std: number | null }, decimals: number): string {
  return std === null ? fixed(mean, decimals) : `${fixed(mean, decimals)} ± ${fixed(std, decimals)}`
}

function exitName(exit: string): string {
  return exit === 'final' ? 'the final exit' : `exit ${exit}`
}
