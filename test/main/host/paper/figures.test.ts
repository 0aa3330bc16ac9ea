import { expect, test } from 'vitest'
import { paperBench } from './support.ts'

test('figures of what is done are drawn, and the others say what they lack', async () => {
  const { client, host } = await paperBench()
  const items = ['figure-3', 'figure-4', 'figure-7', 'figure-14']
  const question = { scale: 'desk' as const, items }
  const none = await client.paper.figures(question)
  expect(none.files).toEqual([])
  expect(none.figures.map(({ item, panels, missing }) => [item, panels, missing])).toEqual([
    ['figure-3', [], '0 of its 3 analyses are done.'],
    ['figure-4', [], '0 of its 9 analyses are done.'],
    ['figure-7', [], '0 of its 27 runs are done.'],
    ['figure-14', [], '0 of its 9 runs are done.'],
  ])
  const wanted = { scale: 'desk' as const, items: ['figure-3', 'figure-4', 'figure-14'] }
  await client.paper.start(wanted)
  await host.idle()
  await client.paper.start(wanted)
  await host.idle()
  const { figures, files } = await client.paper.figures(question)
  expect(figures.map(({ item, panels, missing }) => [item, panels.map(({ name }) => name), missing])).toEqual([
    ['figure-3', ['figure-3-path', 'figure-3-matched', 'figure-3-barriers'], null],
    ['figure-4', ['figure-4'], null],
    ['figure-7', [], '0 of its 27 runs are done.'],
    ['figure-14', ['figure-14'], null],
  ])
  expect(files.map(({ name }) => name)).toEqual(
    ['figure-3-path', 'figure-3-matched', 'figure-3-barriers', 'figure-4', 'figure-14'].flatMap((name) => [
      `${name}.svg`,
      `${name}.pdf`,
    ]),
  )
  const texts = await Promise.all(files.map(async ({ bytes }) => (await bytes.text()).slice(0, 5)))
  expect(new Set(texts)).toEqual(new Set(['<svg ', '%PDF-']))
  expect(figures[3]!.panels[0]!.sentence).toContain('disjoint')
})

test('a figure of some of its runs says how many they are', async () => {
  const { client, host } = await paperBench()
  await client.paper.start({ scale: 'desk', items: ['table-11'] })
  await host.idle()
  const runs = await client.runs.list({})
  await client.runs.delete({ runs: [runs.find(({ regime, seed }) => regime === 'mixed' && seed === 2)!.id] })
  const { figures } = await client.paper.figures({ scale: 'desk', items: ['figure-2'] })
  // Of the first seed, whose gradients were measured while it was trained.
  expect(figures[0]).toMatchObject({ missing: null })
  const [status] = (await client.paper.status({ scale: 'desk', items: ['table-11'] })).experiments
  expect(status!.runs).toEqual({ done: 8, missing: 1 })
})
