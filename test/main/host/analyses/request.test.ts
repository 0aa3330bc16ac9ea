import { expect, onTestFinished, test } from 'vitest'
import { requestedAnalyses } from '../../../../src/main/host/analyses/request.ts'
import type { Store } from '../../../../src/main/store/open.ts'
import { openStore } from '../../../../src/main/store/open.ts'
import type { RunRow } from '../../../../src/main/store/runs.ts'
import type { PhaseDefinition } from '../../../../src/contract/experiment/phase-definition.ts'
import { addExperiment, addRun, definition, network, temporaryFolder } from '../../store/support.ts'

function opened(): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  return store
}

/** A run of one phase that is done. */
function addTrained(store: Store, id: string, what: Partial<PhaseDefinition> = {}, run: Partial<RunRow> = {}): void {
  const phase = { id: `p-${id}`, definition: { ...definition(1), ...what } }
  store.phases.ensure({ ...phase, createdAt: 1 })
  addRun(store, id, [phase.id], { status: 'done', ...run })
  const checkpoint = { file: `checkpoints/${id}`, sha256: id }
  store.phases.finish(phase.id, { epochs: 3, ended: 'epoch-cap', keptEpoch: 3, checkpoint }, 1)
}

const names = (store: Store, question: Parameters<typeof requestedAnalyses>[1]) =>
  requestedAnalyses(store, question).requested.map(({ runs }) => runs.map(({ run }) => run.id).join(' '))

test('a question about several runs is one analysis of each, in the order they are named', () => {
  const store = opened()
  for (const id of ['aaa1', 'bbb2', 'ccc3']) addTrained(store, id)
  expect(names(store, { kind: 'loss-landscape', runs: ['ccc3', 'aaa1', 'ccc3'] })).toEqual(['ccc3', 'aaa1'])
  expect(names(store, { kind: 'loss-landscape', runs: ['bbb2', 'toy'] })).toEqual(['bbb2', 'aaa1', 'ccc3'])
})

test('an analysis of pairs has every pair, in whatever order the runs are named', () => {
  const store = opened()
  for (const id of ['aaa1', 'bbb2', 'ccc3']) addTrained(store, id)
  const pairs = (...runs: string[]) => names(store, { kind: 'mode-connectivity', runs })
  expect(pairs('toy')).toEqual(['aaa1 bbb2', 'aaa1 ccc3', 'bbb2 ccc3'])
  expect(pairs('ccc3', 'aaa1', 'bbb2')).toEqual(['aaa1 ccc3', 'bbb2 ccc3', 'aaa1 bbb2'])
  expect(() => pairs('aaa1')).toThrow(
    'Mode connectivity needs two runs, got only toy-joint-aaa1. Give a second run, or an experiment.',
  )
})

test('two series have the same order in the pair of every seed, regimes of one’s own too', () => {
  const store = opened()
  for (const [id, regime, seed] of [
    ['b1', 'own', 1],
    ['a1', 'mine', 1],
    ['a2', 'own', 2],
    ['b2', 'mine', 2],
  ] as const)
    // prettier-ignore
    addTrained(store, id, {}, { regime, seed })
  const pairs = (...runs: string[]) => names(store, { kind: 'mode-connectivity', runs })
  expect([pairs('a1', 'b1'), pairs('a2', 'b2')]).toEqual([['b1 a1'], ['a2 b2']])
})

test('exits are compared in a run that has some, and not in one that was trained without any', () => {
  const store = opened()
  const made = definition(1)
  addTrained(store, 'aaa1', { phase: { ...made.phase, network: 'backbone' } })
  addTrained(store, 'bbb2')
  expect(names(store, { kind: 'gradient-dominance', runs: ['bbb2'] })).toEqual(['bbb2'])
  expect(() => names(store, { kind: 'gradient-dominance', runs: ['aaa1'] })).toThrow(
    /^Gradient dominance compares exits, and toy-joint-aaa1 is a network without any/,
  )
  expect(names(store, { kind: 'numerical-rank', runs: ['aaa1'] })).toEqual(['aaa1'])
})

test('a run without weights is refused with what to do', () => {
  const store = opened()
  addTrained(store, 'aaa1')
  for (const status of ['queued', 'running', 'failed'] as const) addRun(store, `${status[0]}00`, ['p9'], { status })
  const asking = (run: string) => () => names(store, { kind: 'numerical-rank', runs: ['aaa1', run] })
  const refusal = (run: string) => {
    try {
      return asking(run)()
    } catch (error) {
      return error
    }
  }
  for (const [run, status] of [
    ['q00', 'queued'],
    ['r00', 'running'],
  ] as const) {
    // prettier-ignore
    const message = `^toy-joint-${run} is ${status}: .*no final weights\\. Try again when it is done\\.$`
    expect(refusal(run)).toMatchObject({ message: expect.stringMatching(message) })
    expect(refusal(run)).not.toHaveProperty('fields.command')
  }
  expect(refusal('f00')).toMatchObject({
    message: expect.stringMatching(/^toy-joint-f00 is failed: .*Resume it, then try again/),
    fields: { command: ['resume', 'f00'] },
  })
})

test('a run that was deleted is refused', () => {
  const store = opened()
  addTrained(store, 'aaa1')
  store.runs.setDeleted('aaa1', 1)
  expect(() => names(store, { kind: 'numerical-rank', runs: ['aaa1'] })).toThrow('“aaa1” is deleted. Restore it first.')
})

test('two runs that cannot be analysed together are refused with their difference', () => {
  const store = opened()
  addTrained(store, 'aaa1')
  addTrained(store, 'bbb2', { network: { ...network, widths: [4, 16] } as typeof network })
  addTrained(store, 'ccc3', { dataset: 'other images' })
  addTrained(store, 'ddd4', { data: { ...definition(1).data, augmentation: 'none' }, seed: 5 })
  const pair = (second: string) => () => names(store, { kind: 'mode-connectivity', runs: ['aaa1', second] })
  expect(pair('bbb2')).toThrow(
    'Mode connectivity needs two networks of the same shape, but those of toy-joint-aaa1 and toy-joint-bbb2 differ: widths ' +
      '[4,8] and [4,16]. Choose runs with the same network.',
  )
  expect(pair('ccc3')).toThrow(/needs the same data set.*differ: files d and other images/)
  expect(pair('ddd4')()).toEqual(['aaa1 ddd4'])
})
