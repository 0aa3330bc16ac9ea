import wrapAnsi from 'wrap-ansi'
import { printedLines, type PrintedLine } from '../../../shared/tables/printed-lines.ts'
import { captionOf, type PrintedCell, type Table } from '../../../shared/tables/table.ts'
import { visible } from '../../../shared/text/visible.ts'
import { brokenLines, recordLines } from './record.ts'
import type { Style, View } from './style.ts'
import { type Column, table as lines } from './table.ts'
import { widthOf } from './text.ts'

/** Columns of a line of sentences: longer ones are hard to read. */
const sentenceWidth = 100

/**
 * A table as lines for a terminal, and under it what it shows: `85.52 ± 0.40`, an asterisk where a cell stands out. Where that is too
 * wide, each deviation stands below its mean, and what stands under titles of columns is broken at its words; where that is still too
 * wide, columns that have no room follow below, behind the same heads; where not even one has room, each row becomes lines
 * `title: value`.
 */
export function tableLines(table: Table, view: View): string[] {
  const columns = table.columns.flatMap(({ title, kind }, index) => (title === null ? [] : [{ title, kind, index }]))
  const wide = gridLines(table, columns, { style: view.style, stacked: false })
  const grid = fits(wide, view) ? wide : narrowLines(table, columns, view)
  const { emphasis, notes = [] } = table
  const caption = captionOf(table)
  const under = [emphasis === undefined ? caption : `${caption} *: ${emphasis}.`, ...notes]
  const wrapped = under.flatMap((text) => sentenceLines(text, view))
  return [...grid, '', ...wrapped.map(view.style.faint)]
}

/** Of a narrow terminal no line is left to it to break. */
function sentenceLines(text: string, { width }: View): string[] {
  return wrapAnsi(wordsOf(text), Math.min(width, sentenceWidth), { hard: width < sentenceWidth }).split('\n')
}

const fits = (lines: readonly string[], { width }: View) => lines.every((line) => widthOf(line) <= width)

/** A column that is shown, and its place in the table. */
interface ShownColumn {
  title: string
  kind: Table['columns'][number]['kind']
  index: number
}

function narrowLines(table: Table, columns: readonly ShownColumn[], view: View): string[] {
  const parts = partLines(table, columns, view)
  return fits(parts, view) ? parts : rowsAsRecords(table, columns, view)
}

/** Titles of blocks, and each row by itself above an empty line. */
function rowsAsRecords(table: Table, columns: readonly ShownColumn[], { style, width }: View): string[] {
  const marks = marksOf(table)
  const fieldsOf = ({ kind: line, heads, cells }: PrintedLine) => [
    ...table.heads.map(({ title }, index) => [title, visible(heads[index] ?? '')] as const),
    ...columns.map(({ title, kind, index }) => {
      const cell = cells[index] ?? null
      if (cell === null && line === 'under') return [title, ''] as const
      const { value, spread, mark } = partsOf(cell, {
        style,
        ...marks,
        isNumber: kind === 'number' && line !== 'under',
      })
      return [wordsOf(title), (value + spread + mark).trimEnd()] as const
    }),
  ]
  const lines = table.blocks.flatMap((block) => [
    ...(block.title === null ? [] : brokenLines(visible(block.title), width).map(style.strong)),
    ...printedLines(table, block).flatMap((line) => [...recordLines(fieldsOf(line), { name: style.faint, width }), '']),
  ])
  return lines.slice(0, -1)
}

/** As many columns as there is room for, at least one, and below them the others. */
function partLines(table: Table, columns: readonly ShownColumn[], view: View): string[] {
  const linesOf = (count: number) => gridLines(table, columns.slice(0, count), { style: view.style, stacked: true })
  let count = columns.length
  while (count > 1 && !fits(linesOf(count), view)) count--
  return count >= columns.length
    ? linesOf(count)
    : [...linesOf(count), '', ...partLines(table, columns.slice(count), view)]
}

function gridLines(
  table: Table,
  shown: readonly ShownColumn[],
  { style, stacked }: { style: Style; stacked: boolean },
): string[] {
  const { heads, blocks } = table
  const { mark, isMarked } = marksOf(table)
  const behind = (isMarked ? ' ' : '') + mark
  const header: Column[] = [
    ...heads.map(({ title, align }) => ({ header: title, align })),
    ...shown.map(({ title, kind }): Column =>
      kind === 'text' ? { header: wordsOf(title) } : { header: wordsOf(title) + behind, align: 'right' },
    ),
  ]
  const rowsOf = ({ kind: line, heads: names, cells }: PrintedLine): string[][] => {
    const own = names.map(visible)
    if (stacked && line === 'under') {
      const texts = shown.map(({ index }) => cells[index]?.text ?? '–')
      return wordByWord(texts).map((words) => [...own, ...words.map((word) => word + behind)])
    }
    const parts = shown.map(({ index, kind }) =>
      partsOf(cells[index] ?? null, { style, mark, isNumber: kind === 'number' && line !== 'under', isMarked }),
    )
    if (!stacked) return [[...own, ...parts.map(({ value, spread, mark }) => value + spread + mark)]]
    const values = [...own, ...parts.map(({ value, mark }) => value + mark)]
    const spreads = [...own.map(() => ''), ...parts.map(({ spread }) => spread.trimStart() + behind)]
    return parts.every(({ spread }) => spread === '') ? [values] : [values, spreads]
  }
  const rows = blocks.map((block) => printedLines(table, block).flatMap(rowsOf))
  const [head, ...body] = lines(header, rows.flat(), { header: style.faint })
  const titled = blocks.map(({ title }) => (title === null ? [] : [style.strong(visible(title))]))
  return [head!, ...rows.flatMap((own, index) => [...titled[index]!, ...body.splice(0, own.length)])]
}

/** What takes room behind numbers: the mark of what stands out, and marks that some cells have of their own. */
function marksOf({ blocks, emphasis }: Table): { mark: string; isMarked: boolean } {
  const isMarked = blocks.some(({ rows }) => rows.some(({ cells }) => cells.some((cell) => cell?.printed.mark)))
  return { mark: emphasis === undefined ? '' : ' ', isMarked }
}

/** Texts side by side, a word of each in a line; a number stays with its unit. */
function wordByWord(texts: readonly string[]): string[][] {
  const words = texts.map((text) => text.split(/(?<!\d) /).map(wordsOf))
  const most = Math.max(...words.map(({ length }) => length))
  return Array.from({ length: most }, (_, line) => words.map((each) => each[line] ?? ''))
}

/** Text for lines, where a space that does not break is one like any other. */
function wordsOf(text: string): string {
  return visible(text).replace(/[\u00a0\u2009\u202f]/g, ' ')
}

/** A number with a true minus, its deviation and its mark; `isMarked`: whether some cells have a mark of their own. */
function partsOf(
  cell: PrintedCell | null,
  { style, mark, isNumber, isMarked }: { style: Style; mark: string; isNumber: boolean; isMarked: boolean },
): { value: string; spread: string; mark: string } {
  const own = isMarked ? (cell?.mark ?? ' ') : ''
  if (cell === null) return { value: '–', spread: '', mark: own + mark }
  const text = isNumber ? cell.text.replace('-', '−') : wordsOf(cell.text)
  return {
    value: cell.bold ? style.strong(text) : text,
    spread: cell.spread === null ? '' : ` ± ${cell.spread}`,
    mark: own + (mark && cell.bold ? '*' : mark),
  }
}
