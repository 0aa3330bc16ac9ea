import { expect, onTestFinished, test } from 'vitest'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import { createCircuitBreaker, watchQueues } from '../../../../src/main/host/queue/circuit-breaker.ts'
import { createEventLog } from '../../../../src/main/host/queue/events/event-log.ts'
import { createRecorder } from '../../../../src/main/host/queue/events/event-recorder.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import { addExperiment, addRun } from '../../store/support.ts'
import { temporaryFolder, until } from '../support.ts'

const moved = new ExitlabError('workspace-damaged', 'The workspace is no longer here.')

test('queues resume though the workspace was away for less time than passes between two looks', async () => {
  const { place, breaker, calls, store } = watched()
  place.why = moved
  expect(breaker.reason()).toMatchObject({ error: moved, isMoved: true })
  place.why = null
  await until(() => calls.includes('resume'))
  expect(calls).toEqual(['halt', 'resume'])
  expect(breaker.reason()).toBeNull()
  expect(store.runs.get('r1')!.status).toBe('queued')
})

test('queues stop without anybody asking, and what fails while the workspace is away is told as its absence', async () => {
  const { place, breaker, calls } = watched()
  place.why = moved
  await until(() => calls.includes('halt'))
  breaker.begin(new Error('ENOENT'))
  expect(breaker.reason()!.error).toBe(moved)
})

test('queues that stopped for another reason stay as they are', async () => {
  const { place, breaker, calls, looks } = watched()
  breaker.begin(new Error('a disk that fails'))
  place.why = moved
  const before = looks()
  await until(() => looks() > before + 3)
  place.why = null
  await until(() => looks() > before + 6)
  expect(breaker.reason()).toMatchObject({ error: { message: 'a disk that fails' }, isMoved: false })
  expect(calls).not.toContain('resume')
})

/** A queue with one run that is being trained, and a watch over the place of its workspace, which the test sets. */
function watched() {
  const store = openStore(temporaryFolder())
  addExperiment(store)
  addRun(store, 'r1', ['p1'])
  store.runs.setStatus('r1', 'running')
  const place: { why: ExitlabError | null } = { why: null }
  const whyMoved = () => place.why
  const events = createEventLog('test')
  const recorder = createRecorder({ store, events, now: Date.now })
  const breaker = createCircuitBreaker({ store, whyMoved, events, recorder })
  const calls: string[] = []
  breaker.add({ halt: () => void calls.push('halt'), resume: () => void calls.push('resume') })
  let looks = 0
  const counted = { ...breaker, reason: () => (looks++, breaker.reason()) }
  const watch = watchQueues({ whyMoved, breaker: counted, pollMilliseconds: 5 })
  onTestFinished(() => watch.close())
  return { place, breaker, calls, store, looks: () => looks }
}
