import { expect, test } from 'vitest'
import { markdownDocument } from '../../../../../../src/main/host/exports/writers/report/markdown-document.ts'
import { paragraph, tablePart, type Part, type Report } from '../../../../../../src/shared/tables/report.ts'
import { numberCell } from '../../../../../../src/shared/tables/table.ts'
import { textRow, textTable } from '../../../../../../src/shared/tables/text-table.ts'

const documentOf = (...parts: Part[]): string => {
  const report: Report = {
    title: 'A title',
    subtitle: '2 of 2 runs done.',
    author: 'Exitlab 1.2.3',
    createdAt: Date.UTC(2026, 0, 31),
    sections: [{ id: 'first', title: 'First', parts }],
  }
  return markdownDocument(report)
}

test('begins with title, date and versions, then the sections', () => {
  expect(documentOf(paragraph('Text.'))).toBe(
    '# A title\n\n2 of 2 runs done. 2026-01-31, Exitlab 1.2.3.\n\n## First\n\nText.\n',
  )
})

test('a table has its caption, a row of alignments, titles of blocks and bold values', () => {
  const bold = { ...numberCell(-1.25, 2)!, printed: { text: '-1.25', spread: '0.10', bold: true, mark: '‡' } }
  const table = {
    ...textTable({ name: 't', caption: 'Caption.', heads: [{ title: 'Name' }], columns: [{ title: 'x' }], blocks: [] }),
    columns: [{ ids: ['x'], name: 'x', title: 'x (%)', kind: 'number' as const }],
    blocks: [
      { title: 'Block', rows: [textRow(['a', bold])] },
      { title: null, rows: [{ ...textRow(['b']), cells: [null] }] },
    ],
  }
  expect(documentOf(tablePart(table))).toContain(
    'Caption.\n\n| Name | x (%) |\n| --- | ---: |\n| **Block** |  |\n| a | **−1.25** ± 0.10‡ |\n| b | – |\n',
  )
})

test('a column that files alone have is left out', () => {
  const made = textTable({ name: 't', caption: 'C.', heads: [{ title: 'Name' }], columns: [], blocks: [] })
  const table = {
    ...made,
    columns: [null, 'x'].map((title) => ({ ids: [title], name: `column ${title}`, title, kind: 'number' as const })),
    blocks: [{ title: null, rows: [{ ...textRow(['a']), cells: [numberCell(1, 0), numberCell(2, 0)] }] }],
  }
  expect(documentOf(tablePart(table))).toContain('C.\n\n| Name | x |\n| --- | ---: |\n| a | 2 |\n')
})

test('a figure is a picture in the folder of figures with its sentence', () => {
  const picture: Part = { kind: 'picture', title: '', caption: '', panels: [{ name: 'curve', sentence: 'It rises.' }] }
  expect(documentOf(picture)).toContain('## First\n\n![It rises.](figures/curve.svg)\n\nIt rises.\n')
})

test.each([
  ['a | b', String.raw`a \| b`],
  ['<script>', String.raw`\<script\>`],
  ['*x* _y_ `z` [l](u)', String.raw`\*x\* \_y\_ \`z\` \[l\](u)`],
  ['one\ntwo', 'one two'],
  ['&lt; & more', String.raw`\&lt; \& more`],
  ['1. of two', String.raw`1\. of two`],
  ['- of two', String.raw`\- of two`],
  ['---', String.raw`\---`],
  ['-1.5 of 2.5', '-1.5 of 2.5'],
])('the text %j is shown as it is', (text, escaped) => {
  expect(documentOf(paragraph(text))).toContain(`\n\n${escaped}\n`)
})
