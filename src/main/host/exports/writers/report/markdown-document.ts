import { dayOf, type Part, type Picture, type Report, type Section } from '../../../../../shared/tables/report.ts'
import { printedLines } from '../../../../../shared/tables/printed-lines.ts'
import { captionOf, type PrintedCell, type Table } from '../../../../../shared/tables/table.ts'
import { plainText } from '../../../../../shared/text/plain-text.ts'

/** A report as Markdown with the tables of GitHub, the figures as SVG files in `figures/`. */
export function markdownDocument(report: Report): string {
  const { title, subtitle, author, sections } = report
  const head = [`# ${markdownText(title)}`, markdownText(`${subtitle} ${dayOf(report)}, ${author}.`)]
  return `${[...head, ...sections.flatMap(sectionBlocks)].join('\n\n')}\n`
}

function sectionBlocks({ title, parts }: Section): string[] {
  return [`## ${markdownText(title)}`, ...parts.flatMap(partBlocks)]
}

function partBlocks(part: Part): string[] {
  switch (part.kind) {
    case 'paragraph':
      return [markdownText(part.text)]
    case 'table':
      return [markdownText(captionOf(part.table)), markdownTable(part.table)]
    case 'picture':
      return pictureBlocks(part)
  }
}

function pictureBlocks({ title, caption, panels }: Picture): string[] {
  const drawn = panels.flatMap(({ name, sentence }) => [
    `![${markdownText(sentence ?? title)}](figures/${name}.svg)`,
    ...(sentence === null ? [] : [markdownText(sentence)]),
  ])
  const titled = [title === '' ? '' : `### ${markdownText(title)}`, markdownText(caption)]
  return [...titled.filter((text) => text !== ''), ...drawn]
}

function markdownTable(table: Table): string {
  const { heads, blocks } = table
  const columns = table.columns.map((column, index) => ({ ...column, index })).filter(({ title }) => title !== null)
  const all = [...heads, ...columns]
  const isRight = all.map((each) => ('kind' in each ? each.kind === 'number' : each.align === 'right'))
  const rows = blocks.flatMap((block) => [
    ...(block.title === null ? [] : [all.map((_, at) => (at === 0 ? `**${markdownText(block.title!)}**` : ''))]),
    ...printedLines(table, block).map((line) => [
      ...line.heads.map(markdownText),
      ...columns.map(({ index }) => cellText(line.cells[index] ?? null)),
    ]),
  ])
  return [all.map(({ title }) => markdownText(title ?? '')), isRight.map((right) => (right ? '---:' : '---')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function cellText(cell: PrintedCell | null): string {
  if (cell === null) return '–'
  const value = markdownText(cell.text.replace(/^-(?=\d)/, '−'))
  const spread = cell.spread === null ? '' : ` ± ${markdownText(cell.spread)}`
  return `${cell.bold ? `**${value}**` : value}${spread}${markdownText(cell.mark ?? '')}`
}

/** A text in one line, with nothing in it that Markdown would read as markup. */
const markdownText = (text: string): string =>
  plainText(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/[\\`*_[\]<>|#~$&]/g, String.raw`\$&`)
    // What begins a list, or is a line across the page.
    .replace(/^(\d*)([-+.)])(?=[\s-]|$)/, String.raw`$1\$2`)
