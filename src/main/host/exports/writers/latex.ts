import { none } from '../../../../shared/format/numbers.ts'
import { plainText } from '../../../../shared/text/plain-text.ts'
import { printedLines, type PrintedLine } from '../../../../shared/tables/printed-lines.ts'
import { latexText } from './latex-text.ts'
import { captionOf, type PrintedCell, type Table, type TableColumn } from '../../../../shared/tables/table.ts'

/** A printed column, and its index in the rows. */
type PrintedColumn = TableColumn & { title: string; index: number }

/** The table as a LaTeX float for booktabs and siunitx (version 3): an S column for numbers with their `±`, bold for emphasised cells. */
export function latexTable(table: Table): string {
  const { format, headings, blocks, width } = latexParts(table)
  return lines([
    '% needs \\usepackage{booktabs} and \\usepackage{siunitx} (version 3)',
    '\\begin{table}',
    '  \\centering',
    // The article class leaves no room between a caption and what follows it.
    '  \\setlength{\\belowcaptionskip}{6pt}',
    `  \\caption{${latexText(fullCaption(table))}}`,
    `  \\label{tab:${label(table.name)}}`,
    `  ${numberSetup}`,
    '  \\footnotesize',
    '  \\setlength{\\tabcolsep}{4pt}',
    `  \\begin{tabular}{${format}}`,
    '    \\toprule',
    `    ${headings} \\\\`,
    ...blocks.flatMap(({ title, rows }) => [
      '    \\midrule',
      ...(title === null ? [] : [`    ${titleRow(title, width)} \\\\`]),
      ...rows.map((row) => `    ${row} \\\\`),
    ]),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ])
}

/**
 * The table as a `longtable` with its caption instead of a number, which pages break between its blocks only, one of texts between its
 * rows; numbers are not emphasised. A row without a first head belongs to the row before. For documents that load array, booktabs,
 * siunitx (version 3), longtable and caption, and have a column type P of ragged paragraphs.
 */
export function latexLongTable(table: Table): string {
  const { format, headings, blocks, width } = latexParts(table)
  const isOfTexts = table.heads.some(({ width }) => width !== undefined)
  const head = [`  \\toprule`, `  ${headings} \\\\`, '  \\midrule']
  return lines([
    `{\\footnotesize\\setlength{\\tabcolsep}{3pt}\\sisetup{separate-uncertainty, retain-zero-uncertainty, table-align-uncertainty = false}`,
    `\\begin{longtable}{@{}${format}@{}}`,
    `  \\caption*{${latexText(fullCaption(table))}} \\\\`,
    ...head,
    '  \\endfirsthead',
    ...head,
    '  \\endhead',
    '  \\bottomrule',
    '  \\endlastfoot',
    ...blocks.flatMap(({ title, rows, heads }, index) => [
      ...(index === 0 ? [] : ['  \\midrule']),
      ...(title === null ? [] : [`  ${titleRow(title, width)} \\\\*`]),
      ...rows.flatMap((row, at) => longRow(row, heads[at + 1], isOfTexts)),
    ]),
    '\\end{longtable}}',
  ])
}

/** A row with its end, and some space where the next one does not belong to it. */
function longRow(row: string, next: string | undefined, isOfTexts: boolean): string[] {
  if (next === undefined) return [`  ${row} \\\\`]
  return [`  ${row} \\\\${isOfTexts ? '' : '*'}`, ...(next === '' ? [] : [`  \\addlinespace[${isOfTexts ? 1 : 2}pt]`])]
}

/** Settings of siunitx under which the cells are written. */
const numberSetup = '\\sisetup{separate-uncertainty, retain-zero-uncertainty, detect-weight, mode = text}'

const titleRow = (title: string, width: number) =>
  `\\multicolumn{${width}}{l}{\\emph{${latexText(plainText(title, 80))}}}`

/** What any kind of table is made of: the format of its columns, the row of their titles, and the rows of its blocks. */
function latexParts(table: Table) {
  const { heads, blocks } = table
  const columns = table.columns.flatMap((column, index): PrintedColumn[] =>
    column.title === null ? [] : [{ ...column, title: column.title, index }],
  )
  const formats = [
    ...heads.map(({ align, width }) => (width === undefined ? align.slice(0, 1) : brokenFormat(width))),
    ...columns.map((column) => columnFormat(table, column)),
  ]
  const headings = [
    ...heads.map(({ title }) => latexText(title)),
    ...columns.map(({ title, kind }) => (kind === 'number' ? `{${latexText(title)}}` : latexText(title))),
  ]
  return {
    format: formats.join(' '),
    width: formats.length,
    headings: headings.join(' & '),
    blocks: blocks.map((block) => {
      const printed = printedLines(table, block)
      return {
        title: block.title,
        rows: printed.map((line) => rowOf(line, columns)),
        heads: printed.map(({ heads }) => heads[0]),
      }
    }),
  }
}

function fullCaption(table: Table): string {
  const caption = captionOf(table)
  return table.emphasis === undefined ? caption : `${caption} In bold: ${table.emphasis}.`
}

function rowOf({ kind: line, heads, cells }: PrintedLine, columns: readonly PrintedColumn[]): string {
  const printed = columns.map(({ index, kind }) =>
    line === 'under' ? `{${latexText(cells[index]?.text ?? '')}}` : cellOf(cells[index] ?? null, kind),
  )
  const row = [...heads.map((head) => latexText(head)), ...printed].join(' & ')
  // Behind the row before, these would be options of its line break.
  return /^[[*]/.test(row) ? `{}${row}` : row
}

function cellOf(cell: PrintedCell | null, kind: TableColumn['kind']): string {
  if (cell === null || cell.text === none) return kind === 'number' ? '{\\textendash}' : '\\textendash'
  const mark = cell.mark === undefined ? '' : markOf(cell.mark)
  if (kind === 'text') return (cell.bold ? `\\textbf{${latexText(cell.text)}}` : latexText(cell.text)) + mark
  if (!isNumeric(cell)) return `{${latexText(cell.text)}${mark}}`
  const number = cell.spread === null ? cell.text : `${cell.text} +- ${cell.spread}`
  return (cell.bold ? `\\bfseries ${number}` : number) + (mark && `{${mark}}`)
}

/** Whether it is a number, or empty. Of words in a column of numbers siunitx would read an e or a d as an exponent. */
const isNumeric = ({ text }: Pick<PrintedCell, 'text'>): boolean => /^[-+]?\d|^$/.test(text)

const markOf = (mark: string) => `\\textsuperscript{${latexText(mark)}}`

/** `S[table-format = -2.2(3)]`: a sign, digits before and after the point, and of the uncertainty, as the widest cells need them. */
function columnFormat({ blocks }: Table, { kind, index, width }: PrintedColumn): string {
  if (width !== undefined) return brokenFormat(width)
  if (kind === 'text') return 'l'
  const cells = blocks.flatMap(({ rows }) =>
    rows.flatMap(({ cells: all }) => {
      const printed = all[index]?.printed
      return [printed, printed?.below && { ...printed.below, mark: undefined }].flatMap((each) =>
        each && isNumeric(each) ? [each] : [],
      )
    }),
  )
  const [integers, decimals] = [0, 1].map((part) =>
    Math.max(part === 0 ? 1 : 0, ...cells.map(({ text }) => text.replace(/^[-+]/, '').split('.')[part]?.length ?? 0)),
  )
  const uncertainties = cells.flatMap(({ spread }) => (spread === null ? [] : [spread.replace('.', '').length]))
  const sign = cells.some(({ text }) => /^[-+]/.test(text)) ? '-' : ''
  const hasPlus = cells.some(({ text }) => text.startsWith('+'))
  const mark = cells.find(({ mark }) => mark !== undefined)?.mark
  // Right behind the number, also where other rows have an uncertainty.
  const besideNumber = ', table-align-uncertainty = false, table-align-text-after = false'
  const options = (mark === undefined ? '' : besideNumber) + (hasPlus ? ', retain-explicit-plus' : '')
  const space = mark === undefined ? '' : `{${markOf(mark)}}`
  const point = decimals! > 0 ? `.${decimals}` : ''
  return `S[table-format = ${sign}${integers}${point}${uncertainties.length > 0 ? `(${Math.max(...uncertainties)})` : ''}${space}${options}]`
}

/** A column whose texts break into lines, `P{0.2\\linewidth}` without the space between columns. */
const brokenFormat = (width: number) => `P{\\dimexpr${width.toFixed(3)}\\linewidth-2\\tabcolsep\\relax}`

function label(name: string): string {
  return name.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`
}
