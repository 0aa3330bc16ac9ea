import { expect, onTestFinished, test } from 'vitest'
import { openStore, type Store } from '../../../../src/main/store/open.ts'
import { createEventLog } from '../../../../src/main/host/queue/events/event-log.ts'
import { recordFailure, recordTrained } from '../../../../src/main/host/queue/outcomes.ts'
import { createRecorder } from '../../../../src/main/host/queue/events/event-recorder.ts'
import { addExperiment, addRun, temporaryFolder } from '../../store/support.ts'

/** A run of two phases. */
function stage(): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  return store
}

test('the log counts the epochs of a phase that is done', () => {
  const store = stage()
  const recorder = createRecorder({ store, events: createEventLog('s'), now: () => 7 })
  const checkpoint = { file: '/weights', sha256: 'abc' }
  for (const [index, phase] of store.phases.chain('a1').entries()) {
    const epochs = index + 1
    const end = { type: 'trained', checkpoint, epochs, ended: 'epoch-cap', keptEpoch: 1 } as const
    recordTrained({ store, recorder }, phase, end)
  }
  const lines = store.logLines.ofRun('a1', { after: 0, from: 'start', limit: 9 })
  expect(lines.map(({ message }) => message)).toEqual([
    'Phase “phase 1” is done after 1 epoch (maximum number of epochs). Best checkpoint: epoch 1.',
    'Phase “phase 2” is done after 2 epochs (maximum number of epochs). Best checkpoint: epoch 1.',
  ])
})

test('the failure of a phase whose runs were purged meanwhile changes nothing', () => {
  const store = stage()
  const recorder = createRecorder({ store, events: createEventLog('s'), now: () => 7 })
  const [phase] = store.phases.chain('a1')
  store.transaction(() => {
    store.runs.remove('a1')
    store.phases.remove('p2')
    store.phases.remove('p1')
  })
  recordFailure({ store, recorder, parallel: 1 }, phase!, { code: 'internal', message: 'gone' })
  expect(store.phases.get('p1')).toBeNull()
})

test('an evaluation that fails fails the runs that end with its phase, which stays trained', () => {
  const store = stage()
  addRun(store, 'b2', ['p1'])
  const recorder = createRecorder({ store, events: createEventLog('s'), now: () => 7 })
  const [phase] = store.phases.chain('a1')
  const end = { type: 'trained', epochs: 1, ended: 'epoch-cap', keptEpoch: 1 } as const
  recordTrained({ store, recorder }, phase!, { ...end, checkpoint: { file: '/weights', sha256: 'abc' } })
  recordFailure({ store, recorder, parallel: 1 }, phase!, { code: 'data', message: 'no test images' })
  expect(store.phases.get('p1')!.status).toBe('done')
  expect(store.runs.get('a1')!.status).toBe('queued')
  expect(store.runs.get('b2')).toMatchObject({ status: 'failed', error: 'no test images', finishedAt: 7 })
})
