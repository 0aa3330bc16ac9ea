import type { CustomSeriesOption, EChartsOption } from 'echarts'
import { chart } from '../../figures/chart.ts'
import type { Figure } from '../../figures/figure.ts'
import { errorBars, levelBar, uprightBar } from '../../figures/marks.ts'
import { pixelY, textWidth, type FigureFrame } from '../../figures/plot.ts'
import { lineOfText, wrapped } from '../../figures/text.ts'
import { figureColours } from '../../figures/theme.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { plural } from '../../shared/format/numbers.ts'
import { sum } from '../../shared/statistics/statistics.ts'
import { capitalised } from '../../shared/tables/table-words.ts'
import type { VarianceScope, VarianceSharesAnswer } from './schema.ts'
import { hasIntervals, scopeSentence, varianceTitle } from './words.ts'

/** A bar for each setting, with its interval, for all series and below them for those of the best regime. */
export function figure(answer: VarianceSharesAnswer): Figure {
  return {
    name: fileStem([answer.experiment], 'variance-shares'),
    sentence: answer.scopes.map(scopeSentence).join(' '),
    option: (frame) => varianceSharesOption(answer, frame),
    height: ({ height }) => Math.max(height, lowestVarianceShares(answer)),
  }
}

/** Pixels of the figure in which its rows are apart; each scope has a title, and shares or a sentence of few lines. */
export const lowestVarianceShares = ({ scopes }: VarianceSharesAnswer): number =>
  120 + 15 * sum(scopes.map(({ shares }) => 1 + Math.max(shares.length, 3)))

interface Row {
  label: string
  /** null: a title, or what is said in place of shares. */
  share: number | null
  interval: readonly [number, number] | null
  noise: number | null
  isTitle?: boolean
}

/** Rows from the top: the title of a scope, then its shares, or why there are none. */
function rowsOf({ title, seriesCount, shares, caveat }: VarianceScope, width: number): Row[] {
  const line = (label: string) => ({ label, share: null, interval: null, noise: null })
  return [
    { ...line(`${capitalised(title)}, ${seriesCount}`), isTitle: true },
    ...wrapped(caveat ?? '', width).map(line),
    ...shares.map(({ name, ...share }) => ({ label: name, ...share })),
  ]
}

export function varianceSharesOption(answer: VarianceSharesAnswer, frame: FigureFrame): EChartsOption {
  const rows = answer.scopes.flatMap((scope) => rowsOf(scope, frame.width - 16))
  const place = (index: number) => rows.length - 1 - index
  const labels = new Map(rows.map(({ label, share }, index) => [place(index), share === null ? '' : label]))
  const colours = figureColours[frame.theme]
  const bars = rows.flatMap(({ share }, index) => (share === null ? [] : [[share, place(index)]]))
  const intervals = rows.flatMap(({ interval }, index) =>
    interval === null ? [] : [levelBar({ y: place(index), low: interval[0], high: interval[1] })],
  )
  const noise = rows.flatMap(({ noise: share }, index) =>
    share === null ? [] : [uprightBar({ x: share, low: place(index) - 0.35, high: place(index) + 0.35 })],
  )
  const widest = Math.max(0, ...rows.map(({ share, interval }) => textWidth(valueText(share, interval))))
  const { option, plot } = chart(
    {
      title: varianceTitle(answer),
      labels: [],
      note: noteOf(answer),
      x: { title: 'Share that each setting explains (%)', low: 0, high: 100, ticks: () => [0, 25, 50, 75, 100] },
      y: {
        ticks: [...labels.keys()].filter((at) => rows[place(at)]!.share !== null).toSorted((a, b) => a - b),
        low: -0.5,
        high: rows.length - 0.5,
        text: (tick) => labels.get(tick) ?? '',
      },
      leftmost: 14,
      rightmost: frame.width - 8 - widest - 10,
    },
    frame,
  )
  const words = rows.map(({ label, share, interval, isTitle }, index) => {
    const y = pixelY(plot, place(index))
    if (isTitle) return lineOfText(label, { x: 8, y, colour: colours.text, weight: 500 })
    if (share === null) return lineOfText(label, { x: 8, y, colour: colours.muted })
    return lineOfText(valueText(share, interval), { x: frame.width - 8, y, colour: colours.text, align: 'right' })
  })
  return option(
    [
      barSeries(bars, colours.muted),
      ...errorBars('noise alone', noise, { colour: colours.text, width: 1 }),
      ...errorBars('interval', intervals, { colour: colours.text, width: 1.5 }),
    ],
    words,
  )
}

function noteOf({ scopes }: VarianceSharesAnswer): string {
  const intervals = hasIntervals(scopes) ? ', 95\u00a0% intervals by the jackknife over them' : ''
  return `${plural(scopes[0]!.seedCount, 'seed')}${intervals}; upright lines: noise alone`
}

/** `75 [72, 80]` */
function valueText(share: number | null, interval: readonly [number, number] | null): string {
  if (share === null) return ''
  return `${share.toFixed(0)}${interval === null ? '' : ` [${interval.map((end) => end.toFixed(0)).join(', ')}]`}`
}

const barSeries = (data: number[][], colour: string): CustomSeriesOption => ({
  type: 'custom',
  name: 'share',
  data,
  silent: true,
  renderItem: ({ dataIndex }, { coord, size }) => {
    const [share, row] = data[dataIndex]! as [number, number]
    const [x, y] = coord([share, row]) as [number, number]
    const [left] = coord([0, row]) as [number, number]
    const height = Math.min(12, 0.6 * (size!([0, 1]) as number[])[1]!)
    return {
      type: 'rect',
      shape: { x: left, y: y - height / 2, width: x - left, height },
      style: { fill: colour, opacity: 0.75 },
    }
  },
})
