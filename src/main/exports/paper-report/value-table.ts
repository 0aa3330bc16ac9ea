import { differenceUnit, withUnit } from '../../../shared/metric.ts'
import type { PaperTable } from '../../../shared/paper-report.ts'
import { plainText } from '../../../shared/plain-text.ts'
import { fixed, rounded, type Table, type TableBlock, type TableCell, type TableRow } from '../../../shared/table.ts'
import { budgetColumn, meanOver } from '../../../shared/table-words.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { otherSettingMark } from '../../../shared/paper-words.ts'

type Row = PaperTable['rows'][number]
type Line = 'published' | 'own' | 'difference'

/** Decimals of printed values of every metric. */
const publishedDecimals = 2

/** A table of the paper: of each row the published values, the own ones, and their difference. Own values of another setting carry a mark. */
export function valueTable(paper: PaperTable): Table {
  const variants = [...new Set(paper.rows.map(({ variant }) => variant))]
  return {
    name: paper.id,
    caption: captionOf(paper),
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

function linesOf(paper: PaperTable, row: Row): TableRow[] {
  const lines: Line[] = row.own.some((cell) => cell !== null) ? ['published', 'own', 'difference'] : ['published']
  const n = Math.max(0, ...row.own.map((cell) => cell?.n ?? 0))
  const mark = paper.sameSetting ? '' : otherSettingMark
  const names = { published: 'published', own: `own${mark} (n = ${n})`, difference: `own − published${mark}` }
  return lines.map((line, index) => ({
    keys: [
      paper.id,
      row.regime,
      row.variant,
      line,
      line === 'published' ? '' : String(paper.sameSetting),
      seedsOf(line, n),
    ],
    heads: [index === 0 ? row.regime : '', names[line]],
    cells: paper.budgets.map((_, column) => cellOf(paper, row, { line, column })),
  }))
}

const seedsOf = (line: Line, n: number) => (line === 'published' ? null : n)

function cellOf(paper: PaperTable, row: Row, { line, column }: { line: Line; column: number }): TableCell | null {
  const metric = primaryMetric(paper)
  const mark = line === 'published' || paper.sameSetting ? {} : { mark: otherSettingMark }
  if (line === 'difference') {
    const value = row.difference[column] ?? null
    if (value === null) return null
    return { values: [rounded(value, 4), null], printed: { text: signed(value), spread: null, bold: false, ...mark } }
  }
  const cell = row[line][column] ?? null
  if (cell === null) return null
  const decimals = line === 'published' ? publishedDecimals : Math.min(metric.decimals, publishedDecimals + 1)
  return {
    values: [rounded(cell.mean, decimals + 2), rounded(cell.std, decimals + 2)],
    printed: {
      text: fixed(cell.mean, decimals),
      spread: cell.std === null ? null : fixed(cell.std, decimals),
      bold: false,
      ...mark,
    },
  }
}

function signed(value: number): string {
  const text = fixed(value, publishedDecimals)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

function captionOf(paper: PaperTable): string {
  const { title, publishedSetting, ownSetting, sameSetting, experiments, rows } = paper
  const metric = primaryMetric(paper)
  const counts = rows.flatMap(({ own }) => own.flatMap((cell) => (cell === null ? [] : [cell.n])))
  const what = `${title}. ${withUnit(`Test ${metric.noun}`, metric)} within budgets in % of the backbone’s cost, published with ${publishedSetting}`
  if (ownSetting === null || counts.length === 0) return `${what}. There are no own runs.`
  const unnamed = experiments.filter((name) => !ownSetting.includes(name)).map((name) => plainText(name, 120))
  const setting = unnamed.length === 0 ? ownSetting : `${ownSetting} (${unnamed.join(', ')})`
  const own = `${what}, own with ${setting}: ${meanOver(counts)}; differences in ${differenceUnit(metric)}.`
  return sameSetting ? own : `${own} ${otherSettingMark} Own values of another setting than the published ones.`
}
