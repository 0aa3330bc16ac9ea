import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { workspaceAt } from '../../../../src/main/store/workspace.ts'
import { bench, experiment } from '../support.ts'

/** Adds classes without samples to what evaluations say of their data. */
function leaveEmpty(workspace: string, emptyClasses: object): void {
  const database = new Database(workspaceAt(workspace).database)
  database
    .prepare(`UPDATE evaluations SET metrics = json_set(metrics, '$.emptyClasses', json(?))`)
    .run(JSON.stringify(emptyClasses))
  database.close()
}

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
