import type { PrintedCell, TableBlock, TableColumn, TableRow } from '../../../shared/table.ts'
import { verdictWords, type NumberTable, type TextCell, type TextTable } from './content.ts'
import { htmlText } from './html-text.ts'

/** A table of numbers with its caption; a row without a first head shares that of the row before. */
export function numberTable({ title: begins, table: { name, caption, heads, columns, blocks } }: NumberTable): string {
  const head = [
    ...heads.map(({ title }) => `<th scope="col">${htmlText(title)}</th>`),
    ...columns.map(({ title }) => `<th scope="col" class="n">${htmlText(title ?? '')}</th>`),
  ]
  const body = blocks.map((block) => tableBody(block, { columns, width: heads.length + columns.length }))
  return `<div class="wide"><table class="numbers" id="${htmlText(name)}"><caption><strong>${htmlText(begins)}</strong>${htmlText(` ${caption.slice(begins.length)}`)}</caption><thead><tr>${head.join('')}</tr></thead>${body.join('')}</table></div>`
}

function tableBody(
  { title, rows }: TableBlock,
  { columns, width }: { columns: readonly TableColumn[]; width: number },
): string {
  const titled = title === null ? '' : `<tr><th class="block" colspan="${width}">${htmlText(title)}</th></tr>`
  return `<tbody>${titled}${rows.map((row, index) => tableRow(rows, { row, index, columns })).join('')}</tbody>`
}

function tableRow(
  rows: readonly TableRow[],
  { row, index, columns }: { row: TableRow; index: number; columns: readonly TableColumn[] },
): string {
  const [first = '', ...rest] = row.heads
  const next = rows.findIndex(({ heads }, at) => at > index && heads[0] !== '')
  const span = (next === -1 ? rows.length : next) - index
  const shared = first === '' ? '' : `<th scope="rowgroup" rowspan="${span}">${htmlText(first)}</th>`
  const heads = rest.map((head) => `<th scope="row">${htmlText(head)}</th>`)
  const cells = columns.map((_, column) => `<td class="n">${numberCell(row.cells[column]?.printed)}</td>`)
  return `<tr${first === '' ? '' : ' class="first"'}>${shared}${heads.join('')}${cells.join('')}</tr>`
}

function numberCell(cell: PrintedCell | undefined): string {
  if (cell === undefined) return '–'
  const number = htmlText(cell.text.replace('-', '−'))
  const spread = cell.spread === null ? '' : ` <span class="spread">± ${htmlText(cell.spread)}</span>`
  const mark = cell.mark === undefined ? '' : `<sup>${htmlText(cell.mark)}</sup>`
  return `${cell.bold ? `<b>${number}</b>` : number}${spread}${mark}`
}

/** A table of texts with its caption, folded into its summary where it is long. */
export function textTable({ caption, columns, rows, folded = false }: TextTable): string {
  const head = columns.map(({ title }) => `<th scope="col">${htmlText(title)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${textCell(cell)}</td>`).join('')}</tr>`).join('')
  const widths = columns.map(({ width }) => `<col style="width:${(100 * width).toFixed(0)}%">`).join('')
  const table = `<div class="wide"><table class="texts"><caption>${htmlText(caption)}</caption><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
  return folded ? `<details><summary>${htmlText(caption)}</summary>${table}</details>` : table
}

function textCell(cell: TextCell): string {
  if (typeof cell === 'string') return htmlText(cell)
  return `<span class="verdict ${cell.verdict}">${htmlText(verdictWords[cell.verdict])}</span>`
}
