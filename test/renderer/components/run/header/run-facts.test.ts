import { describe, expect, it } from 'vitest'
import { runFacts, type ShownRun } from '../../../../../src/renderer/components/run/header/run-facts.ts'
import type { PhaseStatus, RunStatus } from '../../../../../src/shared/runs/runs.ts'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'

const phase = (name: string, status: PhaseStatus, epochs: number) => ({
  id: name,
  name,
  status,
  epochs,
  maxEpochs: 200,
  seconds: 60,
  trainedFor: null,
})
const run = (status: RunStatus, ...phases: ReturnType<typeof phase>[]) =>
  ({
    status,
    seed: 1,
    phases,
    file: { training: { earlyStopping: { patience: 30 }, precision: 'float32' } },
  }) as unknown as RunDetail
const facts = (state: Partial<ShownRun> & { run: RunDetail }) =>
  runFacts({ progress: null, withoutImprovement: null, ahead: 0, ...state })
const progress = {
  run: 'a',
  phase: 'all exits',
  epoch: 40,
  maxEpochs: 200,
  batch: 1,
  batchesPerEpoch: 10,
  imagesPerSecond: 100,
  losses: [],
  secondsLeftAtMost: 600,
  runSecondsLeftAtMost: 13_080,
}

describe('the facts of a run', () => {
  it('in training give its progress and its maximum time', () => {
    const running = run('running', phase('backbone', 'done', 96), phase('all exits', 'running', 40))
    expect(facts({ run: running, progress, withoutImprovement: 3 })).toEqual([
      'seed 1',
      'phase 2/2 all exits',
      'epoch 41 of 200',
      'no exit improved for 3 of 30 epochs',
      '≤ 3 h 38 min left',
    ])
  })

  it('give the time of the phase where that of the run is not known', () => {
    const running = run('running', phase('all exits', 'running', 40))
    expect(facts({ run: running, progress: { ...progress, runSecondsLeftAtMost: null } }).at(-1)).toBe(
      '≤ 10 min left in phase 1',
    )
  })

  it('that waits give the number of runs before it', () => {
    const queued = run('queued', phase('all exits', 'queued', 0))
    expect(facts({ run: queued, ahead: 2 })).toEqual(['seed 1', 'all exits', '2 runs ahead'])
    expect(facts({ run: queued }).at(-1)).toBe('next in the queue')
  })

  it('whose phase is trained for another run say so', () => {
    const shared = { ...phase('backbone', 'running', 40), trainedFor: { id: 'b', name: 'toy-mixed-s1' } }
    const about = { progress: { ...progress, phase: 'backbone', runSecondsLeftAtMost: null } }
    for (const status of ['paused', 'queued'] as const) {
      expect(facts({ run: { ...run(status), phases: [shared] } as unknown as RunDetail, ...about })).toEqual([
        'seed 1',
        'backbone',
        'epoch 41 of 200',
        'phase trained for run toy-mixed-s1',
        '≤ 10 min left in phase 1',
      ])
    }
  })

  it('that is paused give the place where it was paused', () => {
    expect(facts({ run: run('paused', phase('all exits', 'queued', 12)) })).toEqual([
      'seed 1',
      'all exits',
      'epoch 12 of 200',
    ])
  })

  it('that is done sum up its phases', () => {
    const done = run('done', phase('backbone', 'done', 96), phase('all exits', 'done', 54))
    expect(facts({ run: done })).toEqual(['seed 1', '2 phases', '150 epochs', '2 min of training'])
  })

  it('that is trained in mixed precision say so', () => {
    const done = run('done', phase('all exits', 'done', 54))
    const mixed = { ...done, file: { training: { ...done.file.training, precision: 'bfloat16' } } } as RunDetail
    expect(facts({ run: mixed })).toContain('trained in bfloat16')
    expect(facts({ run: { ...mixed, status: 'running' }, progress })).toContain('trained in bfloat16')
  })
})
