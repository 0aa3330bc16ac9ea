import { fileStem } from '../../shared/text/file-name.ts'
import { fixed, numberCell, rounded, type Table, type TableCell } from '../../shared/tables/table.ts'
import { capitalised, ofSubject, readingSentences } from '../../shared/tables/table-words.ts'
import type { VarianceScope, VarianceSharesAnswer } from './schema.ts'
import { intervalWords, varianceTitle } from './words.ts'

/** A row for each setting, a block for all series and one for those of the best regime. */
export function table(answer: VarianceSharesAnswer): Table {
  return {
    name: fileStem([answer.experiment], 'variance-shares'),
    caption:
      `${varianceTitle(answer)} that each setting explains${ofSubject([answer.experiment])} (%): sums of squares between the levels of a setting over that of all values, ` +
      `${intervalWords(answer)} Noise alone: the share, on average, if settings changed nothing. ${readingSentences(answer)}`,
    legend: answer.scopes.flatMap(({ title, caveat }) => (caveat === null ? [] : [`${capitalised(title)}: ${caveat}`])),
    keys: [{ name: 'series' }, { name: 'setting' }, { name: 'n' }],
    heads: [{ title: 'Setting', align: 'left' }],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: [
      { ids: ['share'], name: 'share', title: 'Share (%)', kind: 'number' },
      { ids: ['low'], name: 'low', title: 'from', kind: 'number' },
      { ids: ['high'], name: 'high', title: 'to', kind: 'number' },
      { ids: ['noise'], name: 'noise', title: 'Noise alone', kind: 'number' },
    ],
    blocks: answer.scopes.map((scope) => ({
      title: `${capitalised(scope.title)}, ${scope.seriesCount}`,
      rows: scope.shares.map((share) => ({
        keys: [scope.title, share.name, scope.seedCount],
        heads: [share.name],
        cells: cellsOf(share),
      })),
    })),
  }
}

function cellsOf({ share, interval, noise }: VarianceScope['shares'][number]): (TableCell | null)[] {
  const ends = interval?.map((end) => numberCell(end, 1)) ?? [null, null]
  return [
    { values: [rounded(share, 3)], printed: { text: fixed(share, 1), spread: null, bold: false } },
    ...ends,
    numberCell(noise, 1),
  ]
}
