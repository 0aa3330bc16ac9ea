import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

function textsBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|py|md|ya?ml|vue)$/.test(entry.name))
    .map((entry) => join(entry.parentPath.slice(root.length), entry.name))
}

const pages = [...textsBelow('docs'), ...readdirSync(root).filter((name) => name.endsWith('.md'))]
const texts = [...['src', 'test', 'scripts', 'examples'].flatMap(textsBelow), ...pages]

/** Places where a text cites sections of a page: the word, then numbers; a line of a comment may end between them. */
function citations(word: string): { file: string; sections: string[] }[] {
  const number = String.raw`\d+(?:\.\d+)?`
  const cited = new RegExp(String.raw`\b${word}[\s*#]+(${number}(?:(?:, | to | and )${number})*)`, 'g')
  return texts.flatMap((file) =>
    [...read(file).matchAll(cited)].map(([, numbers]) => ({ file, sections: numbers!.split(/, | to | and /) })),
  )
}

it('comments cite sections that docs/method.md has', () => {
  const sections = new Set([...read('docs/method.md').matchAll(/^##+ (\d+(?:\.\d+)?)/gm)].map(([, number]) => number!))
  const cited = citations('method')
  expect(cited.filter((each) => each.sections.some((number) => !sections.has(number)))).toEqual([])
  expect(sections.size).toBeGreaterThan(25)
  expect(cited.length).toBeGreaterThan(35)
})

it('no text cites a specification that is not here', () => {
  expect([...citations('spec'), ...citations('design')]).toEqual([])
})

it('links in pages lead to files that are there', () => {
  const links = pages.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path]) => ({ file, path: path! })),
  )
  const dead = links.filter(({ file, path }) => !existsSync(join(root, dirname(file), path)))
  expect(dead).toEqual([])
  expect(links.length).toBeGreaterThan(5)
})

it('tests and experiment files that the systems of the paper name are there', () => {
  const page = read('docs/method.md')
  const systems = page.slice(page.indexOf('## 9. '))
  const tests = [...systems.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, path]) => `test/${path}`)
  const files = [...systems.matchAll(/examples\/paper\/[\w-]+\.yaml/g)].map(([path]) => path)
  expect([...tests, ...files].filter((path) => !existsSync(join(root, path)))).toEqual([])
  expect([new Set(tests).size > 8, new Set(files).size > 14]).toEqual([true, true])
})

it('tests that docs/reliability.md names are there', () => {
  const rows = read('docs/reliability.md').match(/^\|.*\|$/gm)!
  const named = rows.flatMap((row) =>
    [
      ...row
        .split('|')
        .at(-2)!
        .matchAll(/`([^`]+)`/g),
    ].map(([, path]) => path!),
  )
  expect(named.filter((path) => !existsSync(join(root, 'test', path)))).toEqual([])
  expect(named.length).toBeGreaterThan(20)
})
