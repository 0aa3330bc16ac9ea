import { plainText } from '../../shared/plain-text.ts'
import { latexText } from './latex-text.ts'
import type { Table, PrintedCell, TableColumn, TableRow } from '../../shared/table.ts'

/** A printed column, and its index in the rows. */
type PrintedColumn = TableColumn & { title: string; index: number }

/** The table as a LaTeX float for booktabs and siunitx (version 3): an S column for numbers with their `±`, bold for emphasised cells. */
export function latexTable(table: Table): string {
  const { heads, blocks } = table
  const columns = table.columns.flatMap((column, index): PrintedColumn[] =>
    column.title === null ? [] : [{ ...column, title: column.title, index }],
  )
  const formats = [
    ...heads.map(({ align }) => align.slice(0, 1)),
    ...columns.map((column) => columnFormat(table, column)),
  ]
  const headings = [
    ...heads.map(({ title }) => latexText(title)),
    ...columns.map(({ title, kind }) => (kind === 'number' ? `{${latexText(title)}}` : latexText(title))),
  ]
  return lines([
    '% needs \\usepackage{booktabs} and \\usepackage{siunitx} (version 3)',
    '\\begin{table}',
    '  \\centering',
    // The article class leaves no room between a caption and what follows it.
    '  \\setlength{\\belowcaptionskip}{6pt}',
    `  \\caption{${latexText(captionOf(table))}}`,
    `  \\label{tab:${label(table.name)}}`,
    '  \\sisetup{separate-uncertainty, retain-zero-uncertainty, detect-weight, mode = text}',
    '  \\footnotesize',
    '  \\setlength{\\tabcolsep}{4pt}',
    `  \\begin{tabular}{${formats.join(' ')}}`,
    '    \\toprule',
    `    ${headings.join(' & ')} \\\\`,
    ...blocks.flatMap(({ title, rows }) => [
      '    \\midrule',
      ...(title === null
        ? []
        : [`    \\multicolumn{${formats.length}}{l}{\\emph{${latexText(plainText(title, 80))}}} \\\\`]),
      ...rows.map((row) => `    ${rowOf(row, columns)} \\\\`),
    ]),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ])
}

function captionOf({ caption, emphasis }: Table): string {
  return emphasis === undefined ? caption : `${caption} In bold: ${emphasis}.`
}

function rowOf({ heads, cells }: TableRow, columns: readonly PrintedColumn[]): string {
  const printed = columns.map(({ index, kind }) => cellOf(cells[index]?.printed, kind))
  const row = [...heads.map((head) => latexText(head)), ...printed].join(' & ')
  // Behind the row before, these would be options of its line break.
  return /^[[*]/.test(row) ? `{}${row}` : row
}

function cellOf(cell: PrintedCell | undefined, kind: TableColumn['kind']): string {
  if (cell === undefined) return kind === 'number' ? '{\\textendash}' : '\\textendash'
  if (kind === 'text') return cell.bold ? `\\textbf{${latexText(cell.text)}}` : latexText(cell.text)
  const number = cell.spread === null ? cell.text : `${cell.text} +- ${cell.spread}`
  return cell.bold ? `\\bfseries ${number}` : number
}

/** `S[table-format = -2.2(3)]`: a sign, digits before and after the point, and of the uncertainty, as the widest cells need them. */
function columnFormat({ blocks }: Table, { kind, index }: PrintedColumn): string {
  if (kind === 'text') return 'l'
  const cells = blocks.flatMap(({ rows }) => rows.flatMap(({ cells: all }) => all[index]?.printed ?? []))
  const [integers, decimals] = [0, 1].map((part) =>
    Math.max(part === 0 ? 1 : 0, ...cells.map(({ text }) => text.replace('-', '').split('.')[part]?.length ?? 0)),
  )
  const uncertainties = cells.flatMap(({ spread }) => (spread === null ? [] : [spread.replace('.', '').length]))
  const sign = cells.some(({ text }) => text.startsWith('-')) ? '-' : ''
  const point = decimals! > 0 ? `.${decimals}` : ''
  return `S[table-format = ${sign}${integers}${point}${uncertainties.length > 0 ? `(${Math.max(...uncertainties)})` : ''}]`
}

function label(name: string): string {
  return name.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`
}
