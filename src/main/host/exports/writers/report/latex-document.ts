import { dayOf, type Part, type Picture, type Report, type Section } from '../../../../../shared/tables/report.ts'
import { captionOf } from '../../../../../shared/tables/table.ts'
import { latexLongTable } from '../latex.ts'
import { latexText } from '../latex-text.ts'

/** A report as a LaTeX document that compiles as it is, with the figures as PDF files in `figures/`. */
export function latexDocument(report: Report): string {
  const [summary, ...sections] = report.sections
  return `${[
    ...preamble,
    `\\title{${latexText(report.title)}}`,
    `\\author{${latexText(report.author)}}`,
    `\\date{${dayOf(report)}}`,
    '\\begin{document}',
    // The title stands above the summary, which takes the page.
    '\\begin{flushleft}\\makeatletter{\\Large\\@title}\\par\\smallskip\\@author, \\@date\\makeatother\\end{flushleft}',
    ...sectionLines(summary),
    '\\newpage',
    '\\tableofcontents',
    ...sections.flatMap(sectionLines),
    '\\end{document}',
  ].join('\n')}\n`
}

const preamble = [
  '\\documentclass[10pt,a4paper]{article}',
  '\\usepackage[utf8]{inputenc}',
  '\\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}',
  '\\usepackage[margin=2.2cm]{geometry}',
  '\\usepackage{array,booktabs,longtable,caption,graphicx}',
  '\\usepackage{siunitx} % version 3',
  '\\usepackage[hidelinks,pdfusetitle]{hyperref}',
  '\\captionsetup{font=small,justification=raggedright,singlelinecheck=false}',
  '\\newcolumntype{P}[1]{>{\\raggedright\\arraybackslash}p{#1}}',
  '\\setlength{\\parindent}{0pt}',
  '\\setlength{\\parskip}{6pt}',
  '\\setlength{\\emergencystretch}{3em}',
  // A page ends where fewer lines are left on it: a longtable would repeat its head above what moves to the next page.
  '\\newcommand{\\room}[1]{\\par\\ifdim\\dimexpr\\pagegoal-\\pagetotal\\relax<\\dimexpr#1\\baselineskip\\relax\\newpage\\fi}',
]

function sectionLines({ id, title, parts }: Section): string[] {
  const heading = ['', `\\room{${4 + linesOf(parts)}}`, `\\section{${latexText(title)}}\\label{sec:${id}}`]
  return [...heading, ...parts.flatMap((part, at) => ['', ...roomWithin(parts, at), ...partLines(part)])]
}

/** Before a table that is not the first part: the section's heading has seen to that. */
const roomWithin = (parts: readonly Part[], at: number): string[] =>
  at > 0 && parts[at]!.kind === 'table' ? [`\\room{${linesOf(parts.slice(at))}}`] : []

/** About the lines that parts take up to where a page may end: a paragraph and what follows it, or a table's first block. */
function linesOf([part, ...others]: readonly Part[]): number {
  if (part === undefined || part.kind === 'picture') return 0
  if (part.kind === 'paragraph') return wrappedLines(part.text) + (others[0]?.kind === 'table' ? linesOf(others) : 0)
  const { table } = part
  const [block] = table.blocks
  const rows = table.heads.some(({ width }) => width !== undefined) ? 4 : (block?.rows.length ?? 0) + 2
  return Math.min(mostLines, wrappedLines(captionOf(table)) + rows + 3)
}

const wrappedLines = (text: string): number => Math.ceil(text.length / 110)

/** Of a page. */
const mostLines = 45

function partLines(part: Part): string[] {
  switch (part.kind) {
    case 'paragraph':
      return [latexText(part.text)]
    case 'table':
      return [latexLongTable(part.table)]
    case 'picture':
      return pictureLines(part)
  }
}

/** Panels below each other, the first with the title; none is parted from its sentence by the end of a page. */
function pictureLines({ title, caption, panels }: Picture): string[] {
  const titled =
    title === '' ? [] : [`\\textbf{${latexText(title)}}\\\\`, `{\\small ${latexText(caption)}\\par}`, '\\smallskip']
  return panels.flatMap(({ name, sentence }, index) => [
    '\\noindent\\begin{minipage}{\\linewidth}\\setlength{\\parskip}{3pt}',
    ...(index === 0 ? titled : []),
    `\\includegraphics[width=\\linewidth]{figures/${name}.pdf}`,
    ...(sentence === null ? [] : ['', `{\\footnotesize ${latexText(sentence)}\\par}`]),
    '\\end{minipage}\\medskip',
    '',
  ])
}
