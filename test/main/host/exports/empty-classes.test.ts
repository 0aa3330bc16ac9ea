import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leaveEmpty } from '../leave-empty.ts'
import { bench, experiment, temporaryFolder } from '../support.ts'

const sentence = 'Class b has no test samples: test values say nothing of it.'
const emptyClasses = { test: { count: 1, of: 3, names: ['b'] } }

/** Two runs whose data have no test sample of a class. */
async function withoutTestSamples() {
  const { open, workspace } = bench()
  const { client, idle } = await open()
  await client.experiments.create(experiment({ name: 'x', regimes: ['joint'], seeds: [1, 2] }))
  await idle()
  leaveEmpty(workspace, emptyClasses)
  return client
}

const asked = (reading: string) => ({ reading, question: { runs: ['x'] } })

test('exported tables and figures say which classes have no test samples, where they show values of samples', async () => {
  const client = await withoutTestSamples()
  const latex = async (reading: string) =>
    (await client.exports.table({ table: asked(reading), format: 'latex' })).bytes.text()
  expect(await latex('budgets')).toContain(sentence)
  expect(await latex('settings')).not.toContain(sentence)
  const { bytes } = await client.exports.figure({ figure: asked('curve'), format: 'svg' })
  expect(await bytes.text()).toContain(sentence)
  const all = await client.exports.table({ table: { reading: 'budgets', question: {} }, format: 'latex' })
  expect(await all.bytes.text()).toContain(sentence)
})

test('a report says in its summary and under its tables which classes have no test samples', async () => {
  const client = await withoutTestSamples()
  const files = await client.reports.files({ runs: ['x'], readings: ['budgets'] })
  const text = async (path: string) => files.find((each) => each.path === path)!.bytes.text()
  const html = await text('report.html')
  expect(html).toContain(`<p>${sentence}</p>`)
  expect(html).toMatch(new RegExp(`<caption>[^<]*${sentence}</caption>`))
  expect(await text('tables/x-budgets.tex')).toContain(sentence)
  expect(JSON.parse(await text('report.json'))).toMatchObject({ caveats: [{ kind: 'empty-classes', sentence }] })
})

test('an exported run says which classes have no test samples', async () => {
  const client = await withoutTestSamples()
  const folder = join(temporaryFolder(), 'run')
  await client.exports.run({ run: 'x-joint-s1', folder })
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(sentence)
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toMatchObject({ emptyClasses })
})
