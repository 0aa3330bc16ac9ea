import { expect, test } from 'vitest'
import { describeGroup } from '../../../../../src/renderer/components/runs/table/group-description.ts'
import { groupRuns } from '../../../../../src/renderer/components/runs/table/groups.ts'
import type { RunSummary } from '../../../../../src/shared/runs/runs.ts'
import { aQueuedRun, aRun } from '../support/run.ts'

const described = (runs: RunSummary[], key: 'regime' | 'status' | 'experiment') => {
  const [group] = groupRuns(runs, {
    keys: [key],
    sort: null,
    over: 'done',
    context: { nowMs: 0, progress: new Map(), settings: new Map() },
  })
  return describeGroup(group!)
}

test('the runs of one regime of an experiment are its seeds', () => {
  const runs = [aRun({ seed: 1 }), aRun({ seed: 2, status: 'running' }), aQueuedRun({ seed: 3 })]
  expect(described(runs, 'regime')).toEqual({
    title: 'mixed',
    size: '3 seeds',
    state: '1 running, 1 queued',
    regime: 'mixed',
  })
})

test('a run that waits for a phase of another one is not counted as queued', () => {
  const [phase] = aRun().phases
  const waiting = { ...phase!, status: 'running' as const, trainedFor: { id: 'other', name: 'other' } }
  const runs = [aQueuedRun({ seed: 1, phases: [waiting] }), aQueuedRun({ seed: 2 })]
  expect(described(runs, 'regime').state).toBe('1 waiting, 1 queued')
})

test('runs of several experiments are not described as seeds', () => {
  expect(described([aRun({ experiment: 'a' }), aRun({ experiment: 'b' })], 'regime').size).toBe('2 runs')
})

test('common values are stated once', () => {
  expect(described([aQueuedRun({ seed: 1 }), aQueuedRun({ seed: 2 })], 'regime').state).toBe('all queued')
  expect(described([aRun(), aRun({ seed: 2, regime: 'joint' })], 'experiment')).toMatchObject({
    state: 'all done',
    regime: null,
  })
})
