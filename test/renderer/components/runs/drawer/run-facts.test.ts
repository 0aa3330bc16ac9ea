// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import { progressFacts, recordFacts } from '../../../../../src/renderer/components/runs/drawer/run-facts.ts'
import type { EpochRecord, PhaseDetail } from '../../../../../src/shared/runs/runs.ts'
import { runPhase, runSummary } from '../../../support/run-summary.ts'

const run = runSummary({ id: 'a', status: 'running', phases: [runPhase({ id: 'p1', status: 'done', epochs: 10 }), runPhase({ id: 'p2', name: 'heads' })] }) // prettier-ignore
const phase = (given: Partial<PhaseDetail> = {}) =>
  ({ ...run.phases[1]!, ended: null, keptEpoch: null, runs: ['a'], ...given }) as PhaseDetail
const detail = {
  file: { training: { earlyStopping: { patience: 5 }, precision: 'float32' }, data: { source: 'mnist' } },
  phases: [phase()],
  network: { family: 'resnet' },
  costs: { exits: [{}, {}, {}] },
} as unknown as RunDetail
const record = { epochsWithoutImprovement: 3, imagesPerSecond: 1200, peakMemoryBytes: 2 ** 20 } as EpochRecord

const facts = (given: Partial<Parameters<typeof progressFacts>[0]> = {}) =>
  progressFacts({ run, detail, phase: phase(), record, progress: undefined, ...given })
const valueOf = (name: string, of = facts()) => of.find((fact) => fact.name === name)

test('a run that is trained says its phase, epochs, and how long no exit has improved', () => {
  expect(valueOf('Phase')!.value).toBe('2 of 2, heads')
  expect(valueOf('Epoch')!.value).toBe('2 of at most 10')
  expect(valueOf('No exit improved for')!.value).toBe('3 of 5 epochs')
  expect(valueOf('Throughput')!.value).toBe('1,200 samples/s')
  expect(['Best checkpoint', 'Time left, at most', 'Phase trained for'].map((name) => valueOf(name))).toEqual([undefined, undefined, undefined]) // prettier-ignore
})

test('before its first phase a run has none, and before the first epoch no numbers', () => {
  expect(facts({ phase: null })).toEqual([{ name: 'Phases', value: '2, none started' }])
  const early = facts({ record: null })
  expect(valueOf('Throughput', early)!.value).toBe('–')
  expect(valueOf('Memory, peak', early)).toBeUndefined()
})

test('a phase that is done says how it ended, and which epoch was kept', () => {
  const done = { ...run, status: 'done' as const }
  const ended = (how: PhaseDetail['ended']) => facts({ run: done, phase: phase({ ended: how, keptEpoch: 7 }) })
  expect(valueOf('Epoch', ended('early-stopping'))!.value).toBe('2, stopped early')
  expect(valueOf('Epoch', ended('max-epochs' as never))!.value).toBe('2, maximum reached')
  expect(valueOf('Best checkpoint', ended('early-stopping'))!.value).toBe('epoch 7')
})

test('a phase that is trained for another run names that and leads to it', () => {
  const trainedFor = { id: 'b', name: 'other' }
  const waiting = { ...run, phases: [run.phases[0]!, { ...run.phases[1]!, trainedFor }] }
  expect(valueOf('Phase trained for', facts({ run: waiting }))).toEqual({
    name: 'Phase trained for',
    value: 'other',
    to: { name: 'run', params: { run: 'b' } },
  })
})

test('shared phases say with how many runs', () => {
  const shared = { ...detail, phases: [phase({ shared: true, runs: ['a', 'b', 'c'] }), phase()] }
  expect(facts({ detail: shared }).filter(({ name }) => name.startsWith('Shares'))).toEqual([
    { name: 'Shares heads', value: 'with 2 other runs', to: { name: 'run', params: { run: 'a' } } },
  ])
})

test('the record has the times that there are', () => {
  const names = (given: Partial<typeof run>) => recordFacts({ ...run, ...given }, detail, 5000).map(({ name }) => name)
  expect(names({})).toEqual(['Experiment', 'Created', 'Network', 'Data', 'Precision', 'Id'])
  expect(names({ startedAt: 1000, finishedAt: 4000 })).toEqual(expect.arrayContaining(['Started', 'Finished', 'Duration'])) // prettier-ignore
})
