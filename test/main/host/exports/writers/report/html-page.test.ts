import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { htmlPage, inlineSvg } from '../../../../../../src/main/host/exports/writers/report/html-page.ts'
import { paperDocument } from '../../../../../../src/main/host/paper/report/document.ts'
import { hostile, madePanel, madeReport } from './made-report.ts'

async function page(name?: string) {
  const text = htmlPage(paperDocument(await madeReport({ name })), [await madePanel()])
  return { text, document: new new Window().DOMParser().parseFromString(text, 'text/html') }
}

test('headings are in order, and the contents lead to every section', async () => {
  const { document } = await page()
  const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(({ tagName }) => Number(tagName.slice(1)))
  expect(levels.filter((level) => level === 1)).toHaveLength(1)
  expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true)
  const links = [...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href')!.slice(1))
  expect(links).toEqual([...document.querySelectorAll('section')].map(({ id }) => id))
})

test('every table has a caption and a header, and every row the cells of its columns', async () => {
  const { document } = await page()
  const tables = [...document.querySelectorAll('table')]
  expect(tables.length).toBeGreaterThan(50)
  for (const table of tables) {
    expect(table.querySelector('caption')!.textContent).not.toBe('')
    const width = table.querySelectorAll('thead th').length
    for (const row of table.querySelectorAll('tbody tr')) {
      if (row.querySelector('th.block')) continue
      const shared = table.classList.contains('numbers') && !row.classList.contains('first') ? 1 : 0
      expect(row.children.length + shared).toBe(width)
    }
  }
})

test('ids are unique, also those of drawings', async () => {
  const { document } = await page()
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('contains no script and loads nothing from elsewhere', async () => {
  const { text, document } = await page()
  expect(document.querySelectorAll('script,link,iframe,img')).toHaveLength(0)
  expect(text).not.toMatch(/(?:src|href)="(?!#)/)
  expect(text).not.toMatch(/url\((?!#)/)
})

test('names with special characters of HTML are shown as text', async () => {
  const { document } = await page(hostile)
  expect(document.querySelectorAll('script')).toHaveLength(0)
  expect(document.querySelectorAll('style')).toHaveLength(1)
  const caption = [...document.querySelectorAll('#settings caption')].map(({ textContent }) => textContent)
  expect(caption).toEqual([`${hostile} (resnet34-cifar100.yaml)`])
})

test('a table of another setting has one mark in its caption, and none in its cells', async () => {
  const { document } = await page()
  const table = document.querySelector('#table-8')!
  expect(table.querySelector('caption')!.textContent).toContain(
    'own† with Desk: network: mean ± standard deviation over 3 seeds.',
  )
  expect(table.querySelectorAll('tbody tr')).toHaveLength(3 * 7)
  expect(table.querySelector('tbody')!.textContent).not.toContain('†')
})

test('the summary has each claim once, by what own runs say of it', async () => {
  const report = await madeReport()
  const document = new new Window().DOMParser().parseFromString(htmlPage(paperDocument(report), []), 'text/html')
  const rows = [...document.querySelectorAll('#answers tbody tr')]
  const statements = rows
    .filter((row) => !row.querySelector('th.block'))
    .map((row) => row.firstElementChild!.textContent)
  expect(statements.toSorted()).toEqual(report.claims.map(({ statement }) => statement).toSorted())
  const verdicts = (...of: string[]) => report.claims.filter(({ ownVerdict }) => of.includes(ownVerdict)).length
  const blocks = rows.flatMap((row) => row.querySelector('th.block')?.textContent ?? [])
  expect(blocks[0]).toBe(`Hold (${verdicts('agrees')} of ${report.claims.length})`)
  expect(blocks[1]).toBe(`Do not hold (${verdicts('disagrees')} of ${report.claims.length})`)
})

test('a drawing gets ids of its own and the width of the page', () => {
  const svg =
    '<?xml version="1.0"?><svg xmlns="x" width="72pt" height="44pt"><path id="a"/><use href="#a"/><g fill="url(#a)" mask="url(#other)"/></svg>'
  expect(inlineSvg(svg, 'figure-1')).toBe(
    '<svg viewBox="0 0 72 44" xmlns="x"><path id="figure-1-a"/><use href="#figure-1-a"/><g fill="url(#figure-1-a)" mask="url(#other)"/></svg>',
  )
})

test('panels that show the same have one sentence, below the last of them', async () => {
  const report = await madeReport()
  const panels = [
    { name: 'contours', sentence: 'Bowls.' },
    { name: 'surfaces', sentence: 'Bowls.' },
    { name: 'slices', sentence: 'Lines.' },
  ]
  const text = htmlPage(paperDocument({ ...report, figures: [{ ...report.figures[0]!, panels }] }), [])
  const document = new new Window().DOMParser().parseFromString(text, 'text/html')
  const parts = [...document.querySelectorAll('figure .panel, figure .sentence')]
  expect(parts.map(({ className, textContent }) => textContent || className)).toEqual([
    ...['panel', 'panel', 'Bowls.', 'panel', 'Lines.'],
  ])
})
