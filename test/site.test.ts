import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'exitlab-site-'))
let pages: string[]
const read = (page: string) => readFileSync(join(folder, page), 'utf8')
/** What of a page is written in Markdown. */
const written = (page: string) => read(page).split('<main')[1] ?? ''
const idsOf = (page: string) => new Set([...read(page).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!))

beforeAll(() => {
  // It fails for a link to a page that is not there.
  const vitepress = join(root, 'node_modules/vitepress/bin/vitepress.js')
  execFileSync(process.execPath, [vitepress, 'build', join(root, 'docs'), '--outDir', folder], { stdio: 'pipe' })
  pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))
  pages = pages.filter((name) => !name.includes('paper-desk') && name !== '404.html')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the site has every document of docs/, the README as its first page, and no page of another folder', () => {
  const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  const expected = documents
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replace('.md', '.html')}`)
  const others = ['CHANGELOG.html', 'CONTRIBUTING.html', 'examples/paper/README.html', 'index.html']
  expect(pages.toSorted()).toEqual([...expected, ...others].toSorted())
})

test('its search finds words of commands behind a symbol, where a page explains them', () => {
  const name = readdirSync(join(folder, 'assets'), { recursive: true, encoding: 'utf8' }).find((each) =>
    each.includes('localSearchIndex'),
  )!
  const [, literal] = /(?:const|var) \w+=(`[^]*`|'[^]*'|"[^]*");/.exec(read(join('assets', name)))!
  const text = literal!.slice(1, -1).replaceAll('\\\\', '\\').replaceAll('\\`', '`')
  const { index, documentIds } = JSON.parse(text) as {
    index: [term: string, fields: Record<string, Record<string, number>>][]
    documentIds: Record<string, string>
  }
  const [, fields] = index.find(([term]) => term === 'aftercorr')!
  const found = Object.values(fields).flatMap((documents) => Object.keys(documents).map((id) => documentIds[id]!))
  expect(found.some((page) => page.includes('/cluster'))).toBe(true)
})

test('every link of its pages leads to a page, a file or a section that is there', () => {
  const links = pages.flatMap((page) =>
    [...written(page).matchAll(/ (?:href|src)="(?![a-z]+:)([^"]*)"/g)].map(([, link]) => ({ page, link: link! })),
  )
  const dead = links.filter(({ page, link }) => {
    const [path, section] = link.split('#') as [string, string?]
    const from = path.startsWith('/') ? folder : dirname(join(folder, page))
    const target = path === '' ? join(folder, page) : resolve(from, path.replace(/^\//, ''))
    const file = target === folder || path.endsWith('/') ? join(target, 'index.html') : target
    if (!existsSync(file)) return true
    return section !== undefined && section !== '' && !idsOf(file.slice(folder.length + 1)).has(decodeURI(section))
  })
  expect(dead).toEqual([])
  expect(links.length).toBeGreaterThan(500)
})
