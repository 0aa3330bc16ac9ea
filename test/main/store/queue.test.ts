import { expect, onTestFinished, test } from 'vitest'
import { openStore, type Store } from '../../../src/main/store/open.ts'
import { addExperiment, addRun, temporaryFolder } from './support.ts'

function filled(): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  addRun(store, 'b2', ['p1', 'p3'])
  addRun(store, 'c3', ['p4'], { status: 'paused' })
  addRun(store, 'd4', ['p5'], { status: 'running' })
  addRun(store, 'e5', ['p6'], { deletedAt: 9 })
  return store
}

const idsOf = (runs: Iterable<{ id: string }>) => [...runs].map(({ id }) => id)

test('runs that are queued or running lack phases, in order, and the evaluation of their last', () => {
  const store = filled()
  const lacking = () =>
    store.phases.lacking().map(({ run, phase, isTrained, evaluate }) => [run, phase, isTrained, evaluate])
  const ofOthers = [
    ['b2', 'p1', false, false],
    ['b2', 'p3', false, true],
  ]
  expect(lacking()).toEqual([
    ['a1', 'p1', false, false],
    ['a1', 'p2', false, true],
    ...ofOthers,
    ['d4', 'p5', false, true],
  ])
  store.runs.setPosition('a1', 9)
  store.runs.setStatus('d4', 'paused')
  const checkpoint = { file: 'checkpoints/p2/final.safetensors', sha256: 'abc' }
  store.phases.finish('p2', { epochs: 1, ended: 'epoch-cap', keptEpoch: 1, checkpoint }, 5)
  expect(lacking()).toEqual([...ofOthers, ['a1', 'p1', false, false], ['a1', 'p2', true, true]])
  const metrics = { validation: { accuracy: [] }, test: { accuracy: [] } }
  store.evaluations.put({ phaseId: 'p2', file: 'e', sha256: 's', createdAt: 1, metrics })
  expect(lacking()).toEqual([...ofOthers, ['a1', 'p1', false, false]])
})

test('a run that is finished is done or failed, until it is queued again', () => {
  const store = filled()
  const codeOf = (id: string) => store.summaries.all().find((run) => run.id === id)!.errorCode
  store.runs.finish('a1', 5)
  expect(store.runs.get('a1')).toMatchObject({ status: 'done', error: null, finishedAt: 5 })
  store.runs.finish('b2', 6, { code: 'memory', message: 'There is too little memory.' })
  expect(store.runs.get('b2')).toMatchObject({ status: 'failed', error: 'There is too little memory.', finishedAt: 6 })
  expect(codeOf('b2')).toBe('memory')
  store.runs.requeue('b2')
  expect(store.runs.get('b2')).toMatchObject({ status: 'queued', error: null, finishedAt: null })
  expect(codeOf('b2')).toBeNull()
})

test('a run is complete once its phases have weights and the last one is evaluated', () => {
  const store = filled()
  const checkpoint = { file: 'f', sha256: 's' }
  const finish = (id: string) => store.phases.finish(id, { epochs: 1, ended: 'epoch-cap', keptEpoch: 1, checkpoint }, 5)
  const evaluate = (phaseId: string) =>
    store.evaluations.put({
      phaseId,
      file: 'e',
      sha256: 's',
      createdAt: 1,
      metrics: { validation: { accuracy: [] }, test: { accuracy: [] } },
    })
  expect(store.runs.complete()).toEqual([])
  evaluate('p2')
  finish('p2')
  expect(store.runs.complete()).toEqual([])
  finish('p1')
  expect(idsOf(store.runs.complete())).toEqual(['a1'])
  finish('p3')
  expect(idsOf(store.runs.complete())).toEqual(['a1'])
  evaluate('p3')
  expect(idsOf(store.runs.complete())).toEqual(['a1', 'b2'])
  for (const phase of ['p4', 'p6']) {
    finish(phase)
    evaluate(phase)
  }
  expect(idsOf(store.runs.complete())).toEqual(['a1', 'b2'])
  store.phases.reopen('p1')
  expect(store.runs.complete()).toEqual([])
})
