import { expect, test } from 'vitest'
import { leaveEmpty } from '../leave-empty.ts'
import { bench, experiment } from '../support.ts'

test('a comparison says once which classes have no samples, with the experiment where there are several', async () => {
  const { open, workspace } = bench()
  const { client, idle } = await open()
  for (const name of ['x', 'y'])
    await client.experiments.create(experiment({ name, regimes: ['joint'], seeds: [1, 2] }))
  await idle()
  const caveats = (runs: string[]) => client.evaluations.caveats({ runs })
  expect(await caveats(['x', 'y'])).toEqual([])
  leaveEmpty(workspace, { test: { count: 1, of: 3, names: ['b'] } })
  const sentence = 'Class b has no test samples: test values say nothing of it.'
  const caveat = { kind: 'empty-classes', split: 'test', count: 1, of: 3, names: ['b'] }
  expect(await caveats(['x'])).toEqual([{ ...caveat, sentence, experiment: 'x' }])
  expect(await caveats(['x', 'y'])).toEqual(
    ['x', 'y'].map((each) => ({ ...caveat, sentence: `${each}: ${sentence}`, experiment: each })),
  )
})
