import type { PaperReport } from '../../../shared/paper-report.ts'
import { captionedTable, htmlText } from '../html.ts'
import type { DrawnPanel, Part, Picture, PrintedTable, Section } from './content.ts'
import { htmlStyles } from './html-styles.ts'
import { inlineSvg } from './inline-svg.ts'
import { reportSections, reportTitle, scaleWords } from './sections.ts'

/** The report as one file of HTML without scripts and without anything from elsewhere. */
export function htmlPage(report: PaperReport, drawn: readonly DrawnPanel[]): string {
  const sections = reportSections(report)
  const pictures = new Map(drawn.map(({ name, svg }) => [name, inlineSvg(svg, name)]))
  const date = new Date(report.createdAt).toISOString().slice(0, 10)
  const contents = sections.map(({ id, title }) => `<li><a href="#${id}">${htmlText(title)}</a></li>`)
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="Exitlab">',
    `<title>${htmlText(reportTitle)}</title>`,
    `<style>${htmlStyles}</style>`,
    '</head>',
    '<body>',
    '<div class="page">',
    `<header><h1>${htmlText(reportTitle)}</h1><p>Own runs ${htmlText(scaleWords[report.scale])}. ${date}, Exitlab.</p></header>`,
    `<nav aria-label="Contents"><ol>${contents.join('')}</ol></nav>`,
    `<main>${sections.map((section) => sectionElement(section, pictures)).join('\n')}</main>`,
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function sectionElement({ id, title, parts }: Section, pictures: ReadonlyMap<string, string>): string {
  const body = parts.map((part) => partElement(part, pictures)).join('\n')
  return `<section id="${id}"><h2>${htmlText(title)}</h2>\n${body}\n</section>`
}

function partElement(part: Part, pictures: ReadonlyMap<string, string>): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p>${htmlText(part.text)}</p>`
    case 'table':
      return tableElement(part)
    case 'picture':
      return figureElement(part, pictures)
  }
}

function tableElement({ table, folded = false }: PrintedTable): string {
  const element = captionedTable(table)
  return folded ? `<details><summary>${htmlText(table.caption)}</summary>${element}</details>` : element
}

function figureElement({ title, caption, panels }: Picture, pictures: ReadonlyMap<string, string>): string {
  const drawn = panels.map(({ name, sentence }) => {
    const words = sentence === null ? '' : `<p class="sentence">${htmlText(sentence)}</p>`
    return `<div class="panel">${pictures.get(name) ?? ''}</div>${words}`
  })
  return `<h3>${htmlText(title)}</h3><figure><figcaption>${htmlText(caption)}</figcaption>${drawn.join('')}</figure>`
}
