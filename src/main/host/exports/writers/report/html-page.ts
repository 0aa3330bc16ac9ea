import {
  dayOf,
  type Part,
  type Picture,
  type PrintedTable,
  type Report,
  type Section,
} from '../../../../../shared/tables/report.ts'
import { captionedTable, htmlText } from '../html.ts'
import { htmlStyles } from './html-styles.ts'

/** A report as one file of HTML without scripts and without anything from elsewhere. */
export function htmlPage(report: Report, drawn: readonly DrawnPanel[]): string {
  const { title: name, subtitle, author, sections } = report
  const pictures = new Map(drawn.map((panel) => [panel.name, inlineSvg(panel.svg, panel.name)]))
  const contents = sections.map(({ id, title }) => `<li><a href="#${id}">${htmlText(title)}</a></li>`)
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="Exitlab">',
    `<title>${htmlText(name)}</title>`,
    `<style>${htmlStyles}</style>`,
    '</head>',
    '<body>',
    '<div class="page">',
    `<header><h1>${htmlText(name)}</h1><p>${htmlText(`${subtitle} ${dayOf(report)}, ${author}.`)}</p></header>`,
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
  const heading = title === '' ? '' : `<h3>${htmlText(title)}</h3>`
  const words = caption === '' ? '' : `<figcaption>${htmlText(caption)}</figcaption>`
  return `${heading}<figure>${words}${drawn.join('')}</figure>`
}

/**
 * An SVG document as an element of a page: without its XML declaration, its size left to the page, and its ids made its own by a
 * prefix, since other drawings on the page have the same.
 */
export function inlineSvg(svg: string, prefix: string): string {
  const ids = new Set([...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!))
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/^<svg[^>]*>/, withViewBox)
    .replace(/\b(id=")([^"]+)"/g, (_, start: string, id: string) => `${start}${prefix}-${id}"`)
    .replace(/(url\(#|href="#)([^)"]+)/g, (whole, start: string, id: string) =>
      ids.has(id) ? `${start}${prefix}-${id}` : whole,
    )
}

function withViewBox(tag: string): string {
  const [width, height] = ['width', 'height'].map((name) => new RegExp(` ${name}="([\\d.]+)`).exec(tag)?.[1])
  const bare = tag.replace(/ (width|height)="[^"]*"/g, '')
  const isSized = /\sviewBox=/.test(tag) || width === undefined || height === undefined
  return isSized ? bare : bare.replace('<svg', `<svg viewBox="0 0 ${width} ${height}"`)
}

/** A panel of a figure as it is drawn. */
export interface DrawnPanel {
  /** Of its files, without ending. */
  name: string
  svg: string
  pdf: Blob
}
