import { differenceUnit, withUnit } from '../methods/metric.ts'
import type { PaperTable } from './paper-report.ts'
import { plainText } from '../text/plain-text.ts'
import { fixed, plain, rounded, type Table, type TableBlock, type TableCell, type TableRow } from '../tables/table.ts'
import { budgetColumn, meanOver } from '../tables/table-words.ts'
import { otherSettingMark } from './paper-words.ts'
import { primaryMetric } from '../methods/task.ts'

type Row = PaperTable['rows'][number]
type Line = 'published' | 'own' | 'equal' | 'difference'

/** Decimals of printed values of every metric. */
const publishedDecimals = 2

/** How own values are read, as the published ones were; what the paper leaves open of a regression is in the method (7.3). */
const readings = {
  classification: 'Thresholds are chosen on test samples, as in the paper',
  regression: 'Of the exits within a budget, the one with the lowest MSE on validation samples is read',
} as const

/** A table of the paper: of each row the published values, the own ones, and their difference where both have the same setting. */
export function valueTable(paper: PaperTable): Table {
  const variants = [...new Set(paper.rows.map(({ variant }) => variant))]
  const legend = isMarked(paper)
    ? [`${otherSettingMark} Another setting than the published one: orders of regimes compare, values do not.`]
    : []
  return {
    name: paper.id,
    caption: captionOf(paper),
    legend,
    keys: ['table', 'regime', 'variant', 'values', 'same_setting', 'n'].map((name) => ({ name })),
    heads: [
      { title: 'Regime', align: 'left' },
      { title: 'Values', align: 'left' },
    ],
    dimensions: ['budget'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: paper.budgets.map(budgetColumn),
    blocks: variants.map((variant): TableBlock => {
      const rows = paper.rows.filter((row) => row.variant === variant)
      return { title: variant, rows: rows.flatMap((row) => linesOf(paper, row)) }
    }),
  }
}

/** Whether a table has own values, and of another setting than the published ones. */
const isMarked = ({ sameSetting, ownSetting }: PaperTable): boolean => !sameSetting && ownSetting !== null

function linesOf(paper: PaperTable, row: Row): TableRow[] {
  const hasOwn = row.own.some((cell) => cell !== null)
  const lines: Line[] = ['published', ...(hasOwn ? (['own'] as const) : [])]
  if (hasOwn && paper.sameSetting) lines.push('difference')
  if (row.equalEpochs) lines.push('equal')
  return lines.map((line, index) => ({
    keys: [
      paper.id,
      row.regime,
      row.variant,
      line,
      line === 'published' ? '' : String(paper.sameSetting),
      line === 'published' ? null : seedCount(row, line),
    ],
    heads: [index === 0 ? row.regime : '', lineName(row, line)],
    ...(index === 0 && { series: { regime: row.regime, series: row.regime, look: null, hollow: false } }),
    cells: paper.budgets.map((_, column) => cellOf(paper, row, { line, column })),
  }))
}

function lineName(row: Row, line: Line): string {
  if (line === 'published') return line
  if (line === 'difference') return 'own − published'
  return `${line === 'own' ? 'own' : 'equal epochs'} (n = ${seedCount(row, line)})`
}

const ownCells = (row: Row, line: Line) => (line === 'equal' ? row.equalEpochs!.own : row.own)

const seedCount = (row: Row, line: Line) => Math.max(0, ...ownCells(row, line).map((cell) => cell?.n ?? 0))

function cellOf(paper: PaperTable, row: Row, { line, column }: { line: Line; column: number }): TableCell | null {
  const { decimals: usual } = primaryMetric(paper)
  if (line === 'difference') {
    const [published, own] = [row.published[column], row.own[column]]
    return published && own ? differenceCell(own.mean - published.mean) : null
  }
  const cell = (line === 'published' ? row.published : ownCells(row, line))[column] ?? null
  if (cell === null) return null
  const decimals = line === 'published' ? publishedDecimals : Math.min(usual, publishedDecimals + 1)
  const spread = cell.std === null ? null : fixed(cell.std, decimals)
  return {
    values: [rounded(cell.mean, decimals + 2), rounded(cell.std, decimals + 2)],
    printed: { text: fixed(cell.mean, decimals), spread, bold: false },
  }
}

function differenceCell(value: number): TableCell {
  const text = fixed(value, publishedDecimals)
  const signed = value > 0 && Number(text) !== 0 ? `+${text}` : text
  return { values: [rounded(value, 4), null], printed: plain(signed) }
}

function captionOf(paper: PaperTable): string {
  const { title, publishedSetting, ownSetting, sameSetting, experiments, rows, task } = paper
  const metric = primaryMetric(paper)
  const counts = rows.flatMap(({ own }) => own.flatMap((cell) => (cell === null ? [] : [cell.n])))
  const what = `${title}. ${withUnit(`Test ${metric.noun}`, metric)} within budgets in % of the backbone’s cost, published with ${publishedSetting}`
  if (ownSetting === null || counts.length === 0) return `${what}. There are no own runs.`
  const unnamed = experiments.filter((name) => !ownSetting.includes(name)).map((name) => plainText(name, 120))
  const setting = unnamed.length === 0 ? ownSetting : `${ownSetting} (${unnamed.join(', ')})`
  const differences = sameSetting ? `; differences in ${differenceUnit(metric)}` : ''
  const equal = rows.some(({ equalEpochs }) => equalEpochs !== null)
    ? ' Equal epochs: every regime has as many, in place of early stopping.'
    : ''
  const own = `own${sameSetting ? '' : otherSettingMark} with ${setting}: ${meanOver(counts)}${differences}.`
  return `${what}, ${own} ${readings[task ?? 'classification']}; costs and values are averaged over seeds at each threshold.${equal}`
}
