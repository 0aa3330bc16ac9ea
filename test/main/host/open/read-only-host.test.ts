import { expect, test } from 'vitest'
import { openReader } from '../../../../src/main/host/open/read-only-host.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import { addExperiment, addRun, file, temporaryFolder } from '../../store/support.ts'

test('what a host was computing when it was killed is shown as waiting', async () => {
  const workspace = temporaryFolder()
  const store = openStore(workspace)
  addExperiment(store)
  addRun(store, 'abc111', ['p1', 'p2'], { status: 'running' })
  store.phases.setStatus('p1', 'done')
  store.phases.setStatus('p2', 'running')
  const subjects = [{ phaseId: 'p2', runId: 'abc111' }]
  store.analyses.insert({ id: 'ab12', kind: 'numerical-rank', parameters: {}, createdAt: 1, subjects })
  store.analyses.setStatus('ab12', 'running')
  store.analyses.setProgress('ab12', { done: 2, total: 5, seconds: 1 })
  store.close()
  const { client, close } = openReader({ workspace, environment: {} })!
  const [listed] = await client.runs.list({})
  const shown = await client.runs.show({ run: 'abc111' })
  for (const run of [listed!, shown]) {
    expect(run.status).toBe('queued')
    expect(run.phases.map(({ status }) => status)).toEqual(['done', 'queued'])
  }
  const { runs, trainings } = await client.system.status()
  expect({ runs, trainings }).toMatchObject({ runs: { running: 0, queued: 1 }, trainings: [] })
  const { analysis, result } = await client.analyses.show({ analysis: 'ab12' })
  for (const each of [analysis, ...(await client.analyses.list())]) {
    expect(each).toMatchObject({ status: 'queued', done: 2, total: 5, runs: [{ id: 'abc111' }] })
  }
  expect(result).toBeNull()
  await close()
})

test('a search of which the host was killed is shown as paused, and others as they are', async () => {
  const workspace = temporaryFolder()
  const store = openStore(workspace)
  const record = { candidates: [], pace: [], plan: [], factorialSeconds: 1, rungs: [] }
  const about = { name: 'toy', experimentId: 'e1', source: null, folder: null, budget: 0.5, hours: 1, rule: null }
  for (const status of ['running', 'stopped'] as const)
    store.searches.put({ id: status, ...about, file, record, status, error: null, createdAt: 1, finishedAt: null })
  store.close()
  const { client, close } = openReader({ workspace, environment: {} })!
  const listed = await client.searches.list()
  expect(listed.map(({ id, status }) => [id, status])).toEqual([
    ['running', 'paused'],
    ['stopped', 'stopped'],
  ])
  expect((await client.searches.show({ search: 'running' })).status).toBe('paused')
  await close()
})

test('a damaged result is reported by a reader, and the store is not changed', async () => {
  const workspace = temporaryFolder()
  const store = openStore(workspace)
  addExperiment(store)
  addRun(store, 'abc111', ['p1'])
  const subjects = [{ phaseId: 'p1', runId: 'abc111' }]
  store.analyses.insert({ id: 'ab12', kind: 'numerical-rank', parameters: {}, createdAt: 1, subjects })
  store.analyses.finish('ab12', { done: 5, total: 5, seconds: 1, sha256: 'ff' })
  store.close()
  const { client, close } = openReader({ workspace, environment: {} })!
  const shown = await client.analyses.show({ analysis: 'ab12' })
  expect(shown).toMatchObject({ whole: false, result: null, analysis: { status: 'failed' } })
  expect(shown.analysis.error).toContain('is missing')
  expect((await client.analyses.list())[0]!.status).toBe('done')
  await close()
})
