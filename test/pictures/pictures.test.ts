import { globSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { scenes } from '../../scripts/pictures/scenes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('every picture of a screen is made by the command, and used by a document', () => {
  const made = scenes.flatMap(({ names }) => names).toSorted()
  const stored = readdirSync(`${root}/docs/pictures`).filter((name) => name.endsWith('.png'))
  expect(made).toEqual(stored.map((name) => name.replace('.png', '')).toSorted())
  const documents = ['README.md', ...globSync('docs/*.md', { cwd: root })].map((file) =>
    readFileSync(`${root}/${file}`, 'utf8'),
  )
  const used = new Set(
    documents.flatMap((text) => [...text.matchAll(/pictures\/([\w-]+)\.png/g)].map(([, name]) => name)),
  )
  expect([...used].toSorted()).toEqual(made)
})
