import type { Figure } from '../../figures/figure.ts'
import { seriesLinesOption } from '../../figures/series-lines.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { percent } from '../../shared/format/numbers.ts'
import { networksOf } from './networks.ts'
import type { LatencyAnswer, MeasuredCosts } from './schema.ts'

/** Time of single samples against multiply-adds up to each exit, both as shares of the backbone's: one line for the series that have one network. */
export function figure({ machine, series }: LatencyAnswer): Figure {
  const networks = networksOf(series)
  const data = {
    title: 'Time of a single sample (% of the backbone’s)',
    xTitle: 'Multiply-adds (% of the backbone’s)',
    xHigh: 100 * Math.max(1, ...networks.flatMap(({ exits }) => exits.map(({ macsShare }) => macsShare))),
    hasEqualLine: true,
    note: `measured on ${machine}; dashed: in proportion to multiply-adds`,
    lines: networks.map(({ name, exits }, look) => ({
      ...{ regime: name, series: name, look, seeds: [] },
      points: exits.map(({ macsShare, times: [single] }) => ({
        ...{ x: 100 * macsShare, mean: 100 * single!.share, std: null },
      })),
    })),
  }
  const texts = networks.map(({ name, exits }) => `${name} ${exits.map(sharesIn).join(', ')}`)
  return {
    name: comparisonStem(series, 'latency'),
    sentence: `Time of a single sample on ${machine} for multiply-adds up to each exit, both in % of the backbone alone. ${texts.join('; ')}.`,
    option: (frame) => seriesLinesOption(data, frame),
  }
}

/** `49.2 for 36.4` */
const sharesIn = ({ macsShare, times: [single] }: MeasuredCosts): string =>
  `${percent(single!.share)} for ${percent(macsShare)}`
