import { expect, onTestFinished, test } from 'vitest'
import type { RunRow } from '../../../src/main/store/runs.ts'
import { openStore, type Store } from '../../../src/main/store/open.ts'
import { createEventLog } from '../../../src/main/host/event-log.ts'
import { applyOutcome, type TaskEnd } from '../../../src/main/host/queue/outcomes.ts'
import { createRecorder } from '../../../src/main/host/queue/event-recorder.ts'
import { jobFor, nextTask, type Task } from '../../../src/main/host/queue/tasks.ts'
import { addExperiment, addRun, temporaryFolder } from '../../store/support.ts'

function done(store: Store, ...phases: string[]): void {
  for (const id of phases) {
    const checkpoint = { file: `checkpoints/${id}/final.safetensors`, sha256: 'abc' }
    store.phases.finish(id, { epochs: 1, ended: 'epoch-cap', keptEpoch: 1, checkpoint }, 5)
  }
}

/** A run of two phases. */
function stage(): { store: Store; run: RunRow } {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  return { store, run: store.runs.get('a1')! }
}

test('a task has no job once the weights that it starts from were withdrawn', () => {
  const { store, run } = stage()
  const jobOf = (task: Task) => jobFor(store, { run, task, checkpointSeconds: 45 })
  const first = nextTask(store, run)!
  expect(jobOf(first)).toMatchObject({ kind: 'train', phaseId: 'p1', parent: null })
  done(store, 'p1')
  const second = nextTask(store, run)!
  expect(jobOf(second)).toMatchObject({ phaseId: 'p2', parent: { sha256: 'abc' } })
  done(store, 'p2')
  const last = nextTask(store, run)!
  expect(jobOf(last)).toMatchObject({ kind: 'evaluate', checkpoint: { sha256: 'abc' } })
  store.phases.reopen('p1')
  expect(jobOf(second)).toBeNull()
  store.phases.reopen('p2')
  expect(jobOf(last)).toBeNull()
  expect(nextTask(store, run)!.phase.id).toBe('p1')
})

test('damaged weights are trained again once; if they are damaged again the runs that need them fail', () => {
  const { store, run } = stage()
  const recorder = createRecorder({ store, events: createEventLog('s'), now: () => 7 })
  const repaired = new Set<string>()
  const end = (task: Task, how: TaskEnd) =>
    applyOutcome({ store, recorder, closed: false, repaired, parallel: 1 }, { run, task }, how)
  const damaged = { type: 'damaged', message: 'The weights of p1 are damaged.' } as const
  done(store, 'p1')
  const task = nextTask(store, run)!
  end(task, damaged)
  expect(nextTask(store, run)).toMatchObject({ kind: 'train', phase: { id: 'p1' } })
  expect(store.runs.get('a1')!.status).toBe('queued')
  done(store, 'p1')
  end(task, damaged)
  expect(store.phases.get('p1')!.status).toBe('done')
  expect(store.runs.get('a1')).toMatchObject({
    status: 'failed',
    error: 'The weights of p1 are damaged. Training the phase again did not help.',
    finishedAt: 7,
  })
})

test('the log counts the epochs of a phase that is done', () => {
  const { store, run } = stage()
  const recorder = createRecorder({ store, events: createEventLog('s'), now: () => 7 })
  const context = { store, recorder, closed: false, repaired: new Set<string>(), parallel: 1 }
  const checkpoint = { file: '/weights', sha256: 'abc' }
  for (const epochs of [1, 2]) {
    const end = { type: 'trained', checkpoint, epochs, ended: 'epoch-cap', keptEpoch: 1 } as const
    applyOutcome(context, { run, task: nextTask(store, run)! }, end)
  }
  const lines = store.logLines.ofRun('a1', { after: 0, from: 'start', limit: 9 })
  expect(lines.map(({ message }) => message)).toEqual([
    'Phase “phase 1” is done after 1 epoch (maximum number of epochs). Best checkpoint: epoch 1.',
    'Phase “phase 2” is done after 2 epochs (maximum number of epochs). Best checkpoint: epoch 1.',
  ])
})

test('the end of a task whose runs were purged meanwhile changes nothing', () => {
  const { store, run } = stage()
  const recorder = createRecorder({ store, events: createEventLog('s'), now: () => 7 })
  const task = nextTask(store, run)!
  store.transaction(() => {
    store.runs.remove('a1')
    store.phases.remove('p2')
    store.phases.remove('p1')
  })
  const context = { store, recorder, closed: false, repaired: new Set<string>(), parallel: 1 }
  applyOutcome(context, { run, task }, { type: 'failed', code: 'internal', message: 'gone' })
  expect(store.phases.get('p1')).toBeNull()
})
