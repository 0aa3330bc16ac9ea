import { expect, onTestFinished, test } from 'vitest'
import { createAnalysisRecorder } from '../../../../src/main/host/analyses/progress-recorder.ts'
import { createEventLog } from '../../../../src/main/host/queue/events/event-log.ts'
import { createRecorder } from '../../../../src/main/host/queue/events/event-recorder.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import type { AnalysisSummary } from '../../../../src/shared/evaluation/analysis.ts'
import type { HostChange } from '../../../../src/shared/phases/events.ts'
import { addExperiment, addRun, temporaryFolder } from '../../store/support.ts'

/** A recorder of one analysis that was worked at for 10 s, on a clock that the test moves. */
function recording() {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1'])
  const subjects = [{ phaseId: 'p1', runId: 'a1' }]
  store.analyses.insert({ id: 'aa', kind: 'numerical-rank', parameters: {}, createdAt: 1, subjects })
  store.analyses.setProgress('aa', { done: 2, total: 9, seconds: 10 })
  store.analyses.setStatus('aa', 'running')
  const clock = { now: 1_000_000 }
  const told: AnalysisSummary[] = []
  const events = {
    ...createEventLog('s'),
    publish: (change: HostChange) => void (change.type === 'analysis' && told.push(change.analysis)),
  }
  const now = () => clock.now
  const recorder = createAnalysisRecorder({ store, events, recorder: createRecorder({ store, events, now }) })
  return { store, clock, told, recorder, kept: () => store.analyses.get('aa')! }
}

test('reports progress to followers five times a second and to the store twice in four seconds', () => {
  const { recorder, clock, told, kept } = recording()
  const sitting = recorder.begin(kept())
  const saved = new Set<number>()
  for (let part = 1; part <= 80; part++) {
    clock.now += 50
    sitting.heard({ type: 'analysing', done: part, total: 100 })
    saved.add(kept().done)
  }
  expect(told).toHaveLength(20)
  expect(told.slice(0, 2).map(({ done, total, seconds }) => [done, total, seconds])).toEqual([
    [1, 100, 10.05],
    [5, 100, 10.25],
  ])
  // 2 from before, then after 2 s and 4 s.
  expect([...saved]).toEqual([2, 40, 80])
  expect(recorder.summary(kept())).toMatchObject({ done: 80, total: 100, seconds: 14 })
  expect(sitting.end()).toEqual({ done: 80, total: 100, seconds: 14 })
})

test('adds up time over sessions, and keeps what was shown until it is deleted', () => {
  const { recorder, clock, store, kept } = recording()
  const sitting = recorder.begin(kept())
  clock.now += 3000
  sitting.heard({ type: 'preview', result: 'half' })
  store.analyses.setProgress('aa', sitting.end())
  clock.now += 60_000
  expect([kept().seconds, recorder.summary(kept()).seconds]).toEqual([13, 13])
  const next = recorder.begin(kept())
  clock.now += 2000
  expect(recorder.summary(kept()).seconds).toBe(15)
  expect(next.end().seconds).toBe(15)
  expect(recorder.preview('aa')).toBe('half')
  recorder.forget('aa')
  expect(recorder.preview('aa')).toBeNull()
})

test('writes the messages of the trainer to the log of the run', () => {
  const { recorder, store, kept } = recording()
  recorder.begin(kept()).heard({ type: 'log', level: 'warning', message: 'another set-up' })
  const lines = store.logLines.ofRun('a1', { after: 0, from: 'start', limit: 10 })
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ['warning', 'Numerical rank of toy-joint-a1: another set-up'],
  ])
})
