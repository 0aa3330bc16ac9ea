import { expect, onTestFinished, test } from 'vitest'
import { neededPhases } from '../../../../../src/main/host/queue/depot/needed-phases.ts'
import { DamagedRowError } from '../../../../../src/main/store/json-columns.ts'
import { openStore, type Store } from '../../../../../src/main/store/open.ts'
import { addExperiment, addRun, temporaryFolder } from '../../../store/support.ts'

/** Two runs that share a phase, of which the second is evaluated after it, and one that is paused. */
function stage(): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  addRun(store, 'b2', ['p1'])
  addRun(store, 'c3', ['p3'], { status: 'paused' })
  return store
}

const found = (store: Store) =>
  [...neededPhases(store).phases].map(([id, { phase, run, evaluate }]) => [id, phase.id, run.id, evaluate])

function train(store: Store, id: string): void {
  const checkpoint = { file: `checkpoints/${id}/final.safetensors`, sha256: 'abc' }
  store.phases.finish(id, { epochs: 1, ended: 'epoch-cap', keptEpoch: 1, checkpoint }, 5)
}

test('a phase is needed once, for the first run that waits for it, and evaluated if any run ends with it', () => {
  expect(found(stage())).toEqual([
    ['p1', 'p1', 'a1', true],
    ['p2', 'p2', 'a1', true],
  ])
})

test('a trained phase is needed only for its evaluation', () => {
  const store = stage()
  train(store, 'p1')
  train(store, 'p2')
  expect(found(store)).toEqual([
    ['p2', 'p2', 'a1', true],
    ['p1', 'p1', 'b2', true],
  ])
  const metrics = { validation: { accuracy: [] }, test: { accuracy: [] } }
  store.evaluations.put({ phaseId: 'p1', file: 'e', sha256: 's', createdAt: 1, metrics })
  expect(found(store)).toEqual([['p2', 'p2', 'a1', true]])
})

test('a phase that is done but has no weights is needed again', () => {
  const store = stage()
  train(store, 'p1')
  store.phases.reopen('p1')
  expect(found(store).map(([id]) => id)).toEqual(['p1', 'p2'])
})

test('of many runs, those are read that can begin, and those that were read before', () => {
  const store = stage()
  const ids = (options: Parameters<typeof neededPhases>[1]) => [...neededPhases(store, options).phases.keys()]
  addRun(store, 'd4', ['p1', 'p4'])
  addRun(store, 'e5', ['p5'])
  expect(ids({ most: 1 })).toEqual(['p1', 'p2'])
  expect(ids({ most: 2 })).toEqual(['p1', 'p2', 'p4', 'p5'])
  const known = new Map([...neededPhases(store).phases].filter(([id]) => id === 'p5'))
  expect(ids({ most: 1, known })).toEqual(['p1', 'p2', 'p5'])
})

test('a run that cannot be read is refused alone', () => {
  const store = stage()
  addRun(store, 'd4', ['p4'])
  const { chain } = store.phases
  const place = { table: 'phases', column: 'definition', row: 'p2' } as const
  store.phases.chain = (run) => {
    if (run === 'a1') throw new DamagedRowError(place, 'it is not JSON')
    return chain(run)
  }
  const { phases, refused } = neededPhases(store)
  expect([...phases.keys()]).toEqual(['p1', 'p4'])
  expect(refused.map(({ run }) => run.id)).toEqual(['a1'])
})
