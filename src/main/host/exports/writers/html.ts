import { plainText } from '../../../../shared/text/plain-text.ts'
import { printedLines, type PrintedLine } from '../../../../shared/tables/printed-lines.ts'
import {
  captionOf,
  type PrintedCell,
  type Table,
  type TableBlock,
  type Value,
} from '../../../../shared/tables/table.ts'
import { wideRecords } from './csv.ts'

/** A table as an element of HTML, its cells those of the wide CSV: what word processors and mails take from the clipboard. */
export function htmlTable(table: Table): string {
  const [header, ...rows] = wideRecords(table)
  const head = `<thead>${row(header!, 'th')}</thead>`
  return `<table>${head}<tbody>${rows.map((each) => row(each, 'td')).join('')}</tbody></table>\n`
}

const row = (values: readonly Value[], tag: 'th' | 'td') =>
  `<tr>${values.map((value) => `<${tag}>${htmlText(String(value ?? ''))}</${tag}>`).join('')}</tr>`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A text as content of an element. */
export const htmlText = (text: string): string => plainText(text).replace(/[&<>]/g, (sign) => entities[sign]!)

/** A table as it is printed, with its caption, for a page with styles. A row without a first head shares that of the row before. */
export function captionedTable(table: Table): string {
  const { name, heads, columns, blocks } = table
  const all = [...heads, ...columns]
  const titles = all.map(
    (each) => `<th scope="col"${isNumber(each) ? ' class="n"' : ''}>${htmlText(each.title ?? '')}</th>`,
  )
  const isWide = all.some(({ width }) => width !== undefined)
  const widths = all.map(({ width }) => `<col style="width:${(100 * (width ?? 0)).toFixed(0)}%">`).join('')
  return [
    `<div class="wide"><table class="${isWide ? 'texts' : 'numbers'}" id="${name}">`,
    `<caption>${htmlText(captionOf(table))}</caption>`,
    isWide ? `<colgroup>${widths}</colgroup>` : '',
    `<thead><tr>${titles.join('')}</tr></thead>${blocks.map((block) => tableBody(table, block)).join('')}</table></div>`,
  ].join('')
}

const isNumber = (column: object) => 'kind' in column && column.kind === 'number'

function tableBody(table: Table, block: TableBlock): string {
  const width = table.heads.length + table.columns.length
  const titled =
    block.title === null ? '' : `<tr><th class="block" colspan="${width}">${htmlText(block.title)}</th></tr>`
  const lines = printedLines(table, block)
  return `<tbody>${titled}${lines.map((line, index) => lineElement(table, { line, after: lines.slice(index + 1) })).join('')}</tbody>`
}

function lineElement(
  { columns }: Table,
  { line, after }: { line: PrintedLine; after: readonly PrintedLine[] },
): string {
  const [first = '', ...rest] = line.heads
  const next = after.findIndex(({ heads }) => heads[0] !== '')
  const span = 1 + (next === -1 ? after.length : next)
  const shared = first === '' ? '' : `<th scope="row"${span > 1 ? ` rowspan="${span}"` : ''}>${htmlText(first)}</th>`
  const heads = rest.map((head) => `<th scope="row">${htmlText(head)}</th>`)
  const cells = columns.map((column, at) => {
    const text = cellElement(line.cells[at] ?? null)
    return isNumber(column) ? `<td class="n">${text}</td>` : `<td>${text}</td>`
  })
  return `<tr${first === '' ? '' : ' class="first"'}>${shared}${heads.join('')}${cells.join('')}</tr>`
}

function cellElement(cell: PrintedCell | null): string {
  if (cell === null) return '–'
  const text = htmlText(cell.text.replace(/^-(?=\d)/, '−'))
  const spread = cell.spread === null ? '' : ` <span class="spread">± ${htmlText(cell.spread)}</span>`
  const mark = cell.mark === undefined ? '' : `<sup>${htmlText(cell.mark)}</sup>`
  const value = cell.tone === undefined ? text : `<span class="tone ${cell.tone}">${text}</span>`
  return `${cell.bold ? `<b>${value}</b>` : value}${spread}${mark}`
}
