import { describe, expect, test } from 'vitest'
import { conditionOfQuery, parseQuery } from '../../../../../src/renderer/components/runs/query/parse-query.ts'
import type { ExperimentSettings } from '../../../../../src/shared/experiment/experiment-settings.ts'
import type { RunSummary } from '../../../../../src/shared/runs/runs.ts'
import { aQueuedRun, aRun, someProgress } from '../support/run.ts'

const nowMs = 10 * 86_400_000

function matches(text: string, run: RunSummary): boolean {
  const query = parseQuery(text)
  expect(query.problems).toEqual([])
  const progress = new Map([['moving', someProgress({ run: 'moving', runSecondsLeftAtMost: 5400 })]])
  return conditionOfQuery(query)(run, { nowMs, progress, settings })
}

/** It trains its second branch: the final exit has not been evaluated. */
const branch = aRun({
  status: 'running',
  scores: null,
  latest: { epoch: 5, exits: [{ exit: 1, value: 0.9 }], imagesPerSecond: 1 },
})
/** Scores are mean squared errors. */
const regression = aRun({ task: 'regression' })
const settings = new Map<string, ExperimentSettings>([
  [
    'id of quick start',
    {
      common: {
        'training.learningRate': 0.001,
        'training.batchSize': 128,
        'training.clipNorm': 'auto',
        'network.family': 'resnet',
        'network.exits': [0, 2],
        'network.head': 'conv',
        'data.source': 'fashion-mnist',
      },
      series: {},
    },
  ],
  [
    'id of phases',
    {
      common: { 'training.learningRate': 0.001 },
      series: {},
      phases: { mine: { settings: { 'training.learningRate': [0.001, 0.00002] }, written: '' } },
    },
  ],
])

const accurate = (validation: number) => aRun({ scores: { validation: [0.1, validation], test: [0.2, 0.3] } })

describe('a query', () => {
  test.each<[string, RunSummary, boolean]>([
    ['', aRun(), true],
    ['regime:mixed', aRun({ regime: 'mixed' }), true],
    ['regime:mixed', aRun({ regime: 'mixed-gradual' }), false],
    ['REGIME:Mixed', aRun({ regime: 'mixed' }), true],
    ['regime:mixed,joint', aRun({ regime: 'joint' }), true],
    ['-regime:mixed,joint', aRun({ regime: 'joint' }), false],
    ['-regime:mixed,joint', aRun({ regime: 'disjoint' }), true],
    ['regime:mixed status:running', aRun({ regime: 'mixed', status: 'done' }), false],
    ['seed:<3', aRun({ seed: 2 }), true],
    ['seed:<3', aRun({ seed: 3 }), false],
    ['seed<=3', aRun({ seed: 3 }), true],
    ['seed:1,3', aRun({ seed: 2 }), false],
    ['seed:2..4', aRun({ seed: 4 }), true],
    ['seed:2..4', aRun({ seed: 5 }), false],
    ['val>70', accurate(0.701), true],
    ['val>70', branch, false],
    ['test<0.7', regression, true],
    ['test<0.6', regression, false],
    ['test.exit0>0.4', regression, true],
    ['test.exit0>40', regression, false],
    ['val>70', accurate(0.7), false],
    ['val:>=70', accurate(0.7), true],
    ['val:>=57', accurate(0.57), true],
    ['val:70', accurate(0.704), true],
    ['val:70', accurate(0.71), false],
    ['val:70.0', accurate(0.704), false],
    ['test<31%', accurate(0.9), true],
    ['-val>70', aQueuedRun(), true],
    ['val>0', aQueuedRun(), false],
    ['val:none', aQueuedRun(), true],
    ['tag:paper', aRun({ tags: ['Paper', 'local'] }), true],
    ['tag:paper', aRun({ tags: ['paper 2'] }), false],
    ['tag:"two words"', aRun({ tags: ['two words'] }), true],
    ['tag:none', aRun({ tags: [] }), true],
    ['experiment:quick', aRun({ experiment: 'my quick start' }), true],
    ['experiment:="quick start"', aRun({ experiment: 'quick start' }), true],
    ['experiment:="quick start"', aRun({ experiment: 'quick start 2' }), false],
    ['note:"learning rate"', aRun({ note: 'A lower Learning Rate.' }), true],
    ['note:none', aRun(), true],
    ['note:"say \\"hi\\""', aRun({ note: 'say "hi"' }), true],
    ['mixed-s1', aRun({ name: 'quick-mixed-s1' }), true],
    ['quick s1', aRun({ name: 'quick-mixed-s1' }), true],
    ['-quick', aRun({ name: 'quick-mixed-s1' }), false],
    ['"a:b"', aRun({ name: 'sweep a:b' }), true],
    ['eta<2h', aRun({ id: 'moving', status: 'running' }), true],
    ['eta<2h', aRun({ id: 'moving', status: 'done' }), false],
    ['eta:1h..90m', aRun({ id: 'moving', status: 'running' }), true],
    ['age<2d', aRun({ createdAt: nowMs - 86_400_000 }), true],
    ['took:1m', aRun({ startedAt: 0, finishedAt: 70_000 }), true],
    ['speed>900', aRun(), true],
    ['phases:1', aRun(), true],
    ['phase:exits', aRun(), true],
    ['lr:0.001', aRun(), true],
    ['lr:1e-3', aRun(), true],
    ['lr:0.0012', aRun(), false],
    // Of one of its phases.
    ['lr:2e-5', aRun({ experiment: 'phases', series: 'mine' }), true],
    ['lr:<0.0001', aRun({ experiment: 'phases', series: 'mine' }), true],
    ['lr:<0.0001', aRun({ experiment: 'phases', series: 'mixed' }), false],
    ['learningRate:<0.01', aRun(), true],
    ['training.learningRate>=1e-2', aRun(), false],
    ['TRAINING.BATCHSIZE:128', aRun(), true],
    ['batchSize:100..200', aRun(), true],
    ['batch:32,128', aRun(), true],
    ['-batch:32,128', aRun(), false],
    ['clipNorm:auto', aRun(), true],
    ['clipNorm<5', aRun(), false],
    ['network:resnet', aRun(), true],
    ['network:resnet18', aRun(), false],
    ['head:conv', aRun(), true],
    ['head:con', aRun(), false],
    ['data:Fashion-MNIST', aRun(), true],
    ['exits:"[0, 2]"', aRun(), true],
    ['weightDecay:none', aRun(), true],
    ['lr:none', aRun(), false],
    ['lr:0.001', aRun({ experiment: 'of unknown settings' }), false],
    ['test.exit0>40', aRun(), true],
    ['test.exit0>45', aRun(), false],
    ['val.exit0:50', aRun(), true],
    ['val.exit1>0', aRun(), false],
  ])('%s', (text, run, expected) => expect(matches(text, run)).toBe(expected))
})

test('regimes of stored runs are valid that this version does not have', () => {
  const stored = parseQuery('regime:Freeze-thaw,mixed', ['Freeze-Thaw', 'joint'])
  expect(stored.problems).toEqual([])
  const matching = ['Freeze-Thaw', 'mixed', 'joint'].filter((regime) =>
    conditionOfQuery(stored)(aRun({ regime }), { nowMs, progress: new Map(), settings }),
  )
  expect(matching).toEqual(['Freeze-Thaw', 'mixed'])
  expect(parseQuery('regime:freeze-thow', ['freeze-thaw']).problems[0]!.suggestion).toBe('freeze-thaw')
})

describe('a mistake in a query', () => {
  const problemsOf = (text: string) =>
    parseQuery(text).problems.map(({ start, end, message, suggestion }) => [
      text.slice(start, end),
      message,
      suggestion,
    ])

  test.each([
    ['seed:1 regime:mixd', 'mixd', 'mixd is not a valid regime. Did you mean mixed?', 'mixed'],
    ['regime:mixed,jiont', 'jiont', 'jiont is not a valid regime. Did you mean joint?', 'joint'],
    ['-regim:mixed', 'regim', 'Runs have no regim. Did you mean regime?', 'regime'],
    ['colour:red', 'colour', 'Runs have no colour. Use quotes to search for it in names.', null],
    ['val>high', 'high', 'val is compared with a number: 3, <3, >=70, 60..70, not >high', null],
    ['learningRat:1', 'learningRat', 'Runs have no learningRat. Did you mean learningRate?', 'learningRate'],
    ['lr<high', 'high', 'lr is compared with a number: 3, <3, >=70, 60..70, not <high', null],
    ['eta<2', '2', 'eta is compared with a time and its unit: <30m, >2h, 1d..3d, not <2', null],
  ])('%s points at the word', (text, at, message, suggestion) => {
    expect(problemsOf(text)).toEqual([[at, message, suggestion]])
  })

  test('lists the allowed words where none is similar', () => {
    expect(problemsOf('status:zzz')).toEqual([
      ['zzz', 'zzz is not a valid status. Expected one of running, queued, paused, failed, stopped, done.', null],
    ])
  })

  test('is reported for a key without a value', () => {
    expect(problemsOf('seed:1 regime:')).toEqual([['', 'regime: needs a value, such as disjoint', null]])
  })

  test('does not affect the other words', () => {
    const condition = conditionOfQuery(parseQuery('seed:1 regime:mixd'))
    const context = { nowMs, progress: new Map(), settings: new Map() }
    expect([1, 2].map((seed) => condition(aRun({ seed, regime: 'joint' }), context))).toEqual([true, false])
  })
})
