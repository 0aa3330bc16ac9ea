import { dayOf, type Part, type Picture, type Report, type Section } from '../../../shared/report.ts'
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
  // A page ends rather than to have a heading alone at its foot.
  '\\newcommand{\\room}{\\par\\vskip0pt plus.3\\textheight\\penalty-250\\vskip0pt plus-.3\\textheight}',
]

function sectionLines({ id, title, parts }: Section): string[] {
  return [
    '',
    '\\room',
    `\\section{${latexText(title)}}\\label{sec:${id}}`,
    ...parts.flatMap((part) => ['', ...partLines(part)]),
  ]
}

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
