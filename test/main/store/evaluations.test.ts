import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/main/store/open.ts'
import { addExperiment, addRun, temporaryFolder } from './support.ts'

const evaluation = {
  phaseId: 'p2',
  file: 'evaluations/p2.safetensors',
  sha256: 'ab',
  metrics: { validation: { accuracy: [0.5, 0.75] }, test: { accuracy: [0.25, 0.5] } },
  createdAt: 7,
}

test('an evaluation belongs to the last phase of a run, and is found by either', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  addRun(store, 'b2', ['p2', 'p1'])
  expect([store.evaluations.get('p2'), store.evaluations.fileOf('a1')]).toEqual([null, null])
  store.evaluations.put(evaluation)
  expect(store.evaluations.get('p2')).toEqual(evaluation)
  expect(store.evaluations.fileOf('a1')).toEqual({ file: evaluation.file, sha256: 'ab' })
  expect([store.evaluations.get('p1'), store.evaluations.fileOf('b2')]).toEqual([null, null])
  store.evaluations.put({ ...evaluation, sha256: 'cd' })
  expect(store.evaluations.fileOf('a1')!.sha256).toBe('cd')
  store.evaluations.remove('p2')
  expect(store.evaluations.get('p2')).toBeNull()
})
