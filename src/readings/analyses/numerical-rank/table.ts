import { z } from 'zod'
import { parsed, type AnalysisTables } from '../analysis.ts'
import { representationTable, seedsCell } from '../block-table.ts'
import { rankSubject } from './figure.ts'
import { rankLines } from './figure/rank-lines.ts'
import { spectrumAt, type SpectrumData } from './figure/spectrum-lines.ts'
import type { NumericalRankParameters, NumericalRankResult } from './schema.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import type { Table } from '../../../shared/tables/table.ts'
import { meanOver, ofSubject } from '../../../shared/tables/table-words.ts'

const spectrumOptions = z.object({ block: z.int().nonnegative() })

export const tables: AnalysisTables<NumericalRankParameters, NumericalRankResult> = {
  representations(found) {
    const { regimes, surroundings, reading } = rankSubject(found)
    const lines = (measure: 'count' | 'share') => rankLines(regimes, { measure, ...surroundings })
    return representationTable(found.subjects, [
      { name: 'numerical rank', data: lines('count'), reading },
      { name: 'numerical rank (% of full)', data: lines('share'), reading },
    ])
  },

  /** Of one block. */
  spectrum(found, options) {
    const { block } = parsed(spectrumOptions, options)
    const subject = rankSubject(found)
    return spectrumTable(found.subjects, spectrumAt(subject, { block, parameters: found.parameters }), subject.reading)
  },
}

/** The spectrum of one block's features as its figure shows it: a row for each place, a column for each series. `reading`: empty where that stands elsewhere. */
export function spectrumTable(subjects: readonly string[], data: SpectrumData, reading: readonly string[]): Table {
  const { block, values, lines } = data
  const places = new Set(lines.flatMap(({ points }) => points.map(({ index }) => index)))
  return {
    name: fileStem(subjects, `spectrum-block-${block}`),
    caption:
      `Spectrum of the features of block ${block}${ofSubject(subjects)}: log₁₀ of each ${values} over the largest; ` +
      `${meanOver(lines.map(({ seeds }) => seeds.length))}.${reading.length === 0 ? '' : ` ${reading.join(', ')}.`}`,
    keys: [{ name: 'block', longOnly: true }, { name: 'place' }],
    heads: [{ title: 'Place', align: 'right' }],
    dimensions: ['regime'],
    measures: [
      { name: 'log10_mean', suffix: '' },
      { name: 'log10_std', suffix: ' std' },
      { name: 'n', suffix: null },
      { name: 'seeds', suffix: null },
    ],
    columns: lines.map(({ series }) => ({ ids: [series], name: `${series} log10`, title: series, kind: 'number' })),
    blocks: [
      {
        title: null,
        rows: [...places]
          .toSorted((a, b) => a - b)
          .map((place) => ({
            keys: [block, place],
            heads: [String(place)],
            cells: lines.map(({ points, seeds }) => {
              const point = points.find(({ index }) => index === place)
              return point ? seedsCell(point, 2, seeds) : null
            }),
          })),
      },
    ],
  }
}
