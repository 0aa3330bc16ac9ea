import { expect, test } from 'vitest'
import { openReader } from '../../src/main/host/reader.ts'
import { openStore } from '../../src/main/store/open.ts'
import { addExperiment, addRun, temporaryFolder } from '../store/support.ts'

test('what a host was working on when it was killed is shown as waiting', async () => {
  const workspace = temporaryFolder()
  const store = openStore(workspace)
  addExperiment(store)
  addRun(store, 'abc111', ['p1', 'p2'], { status: 'running' })
  store.phases.setStatus('p1', 'done')
  store.phases.setStatus('p2', 'running')
  store.close()
  const { client, close } = openReader({ workspace, environment: {} })!
  const [listed] = await client.runs.list({})
  const shown = await client.runs.show({ run: 'abc111' })
  for (const run of [listed!, shown]) {
    expect(run.status).toBe('queued')
    expect(run.phases.map(({ status }) => status)).toEqual(['done', 'queued'])
  }
  await close()
})
