import { expect, onTestFinished, test } from 'vitest'
import { openStore, type Store } from '../../../src/main/store/open.ts'
import { addExperiment, addRun, temporaryFolder } from './support.ts'

/** Runs a1 and b2 end in p2, c3 in p3, d4 has p2 as an inner phase. */
function filled(): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'], { createdAt: 1 })
  addRun(store, 'b2', ['p1', 'p2'], { createdAt: 3 })
  addRun(store, 'c3', ['p3'], { createdAt: 2 })
  addRun(store, 'd4', ['p1', 'p2', 'p4'], { createdAt: 4 })
  return store
}

function ask(store: Store, id: string, ...subjects: [phaseId: string, runId: string][]): void {
  store.transaction(() =>
    store.analyses.insert({
      id,
      kind: subjects.length === 2 ? 'mode-connectivity' : 'numerical-rank',
      parameters: { seed: 0, label: null },
      createdAt: 5,
      subjects: subjects.map(([phaseId, runId]) => ({ phaseId, runId })),
    }),
  )
}

const runsOf = (store: Store, id: string) => store.analyses.get(id)!.subjects.map(({ run }) => run.id)

test('an analysis is stored with the runs of the request, in their order', () => {
  const store = filled()
  ask(store, 'aa', ['p3', 'c3'], ['p2', 'a1'])
  expect(store.analyses.get('aa')).toEqual({
    id: 'aa',
    kind: 'mode-connectivity',
    parameters: { seed: 0, label: null },
    status: 'queued',
    pausedWithAll: false,
    done: 0,
    total: 0,
    seconds: 0,
    error: null,
    sha256: null,
    createdAt: 5,
    subjects: [
      { phaseId: 'p3', run: { id: 'c3', name: 'toy-joint-c3', regime: 'joint', series: 'joint', seed: 2 } },
      { phaseId: 'p2', run: { id: 'a1', name: 'toy-joint-a1', regime: 'joint', series: 'joint', seed: 0 } },
    ],
  })
  expect(store.analyses.get('bb')).toBeNull()
})

test('the newest run that ends in the phase replaces a run that was purged', () => {
  const store = filled()
  addRun(store, 'e5', ['p1', 'p2'], { createdAt: 9, deletedAt: 10 })
  ask(store, 'aa', ['p2', 'a1'])
  store.runs.setDeleted('a1', 9)
  expect(runsOf(store, 'aa')).toEqual(['a1'])
  store.runs.remove('a1')
  expect(runsOf(store, 'aa')).toEqual(['b2'])
  store.runs.remove('b2')
  expect(runsOf(store, 'aa')).toEqual(['e5'])
  expect(store.analyses.withoutRuns()).toEqual([])
  store.runs.remove('e5')
  // d4 goes on from the phase, and does not end in it.
  expect(store.analyses.withoutRuns()).toEqual(['aa'])
})

test('the next one is the first requested, without those of deleted runs', () => {
  const store = filled()
  ask(store, 'aa', ['p2', 'a1'])
  ask(store, 'bb', ['p3', 'c3'])
  ask(store, 'cc', ['p3', 'c3'], ['p2', 'b2'])
  const next = () => store.analyses.next()?.id
  expect(next()).toBe('aa')
  store.runs.setDeleted('a1', 9)
  expect(next()).toBe('aa')
  store.runs.setDeleted('b2', 9)
  expect([next(), store.analyses.isWanted('aa'), store.analyses.isWanted('cc')]).toEqual(['bb', false, false])
  store.analyses.setStatus('bb', 'running')
  expect([next(), store.analyses.isWanted('bb'), store.analyses.running()]).toEqual([undefined, true, ['bb']])
  store.runs.setDeleted('b2', null)
  store.analyses.setStatus('bb', 'paused')
  expect([next(), store.analyses.isWanted('bb')]).toEqual(['aa', false])
})

test('analyses are found by the beginnings of their ids and by their phases, the newest first', () => {
  const store = filled()
  ask(store, 'aa1', ['p2', 'a1'])
  ask(store, 'aa2', ['p3', 'c3'])
  ask(store, 'bb1', ['p3', 'c3'], ['p2', 'b2'])
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  expect(ids(store.analyses.find('aa'))).toEqual(['aa1', 'aa2'])
  for (const pattern of ['%', 'a%', 'a_']) expect(ids(store.analyses.find(pattern))).toEqual([])
  expect(ids(store.analyses.ofPhases(['p3']))).toEqual(['bb1', 'aa2'])
  expect(ids(store.analyses.ofPhases(['p2', 'p3']))).toEqual(['bb1', 'aa2', 'aa1'])
  store.analyses.remove('aa2')
  expect(ids(store.analyses.all())).toEqual(['bb1', 'aa1'])
})

test('a result is kept until it turns out to be damaged', () => {
  const store = filled()
  ask(store, 'aa', ['p2', 'a1'])
  store.analyses.setProgress('aa', { done: 3, total: 9, seconds: 1.5 })
  store.analyses.setStatus('aa', 'failed', 'no images')
  expect(store.analyses.get('aa')).toMatchObject({ status: 'failed', done: 3, total: 9, error: 'no images' })
  store.analyses.finish('aa', { done: 9, total: 9, seconds: 4.5, sha256: 'ff' })
  expect(store.analyses.get('aa')).toMatchObject({ status: 'done', done: 9, seconds: 4.5, error: null, sha256: 'ff' })
  store.analyses.reopen('aa', 'is damaged')
  expect(store.analyses.get('aa')).toMatchObject({ status: 'failed', done: 0, total: 0, sha256: null, seconds: 4.5 })
})
