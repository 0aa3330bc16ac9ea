import { describe, expect, it } from 'vitest'
import { trackRuns } from '../../../../src/main/cli/progress/tracker.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'
import { epochEvent, fakeRun } from '../support.ts'

/** A run of one phase, of which epochs of 2 seconds are left. */
function running(id: string, epochsLeft: number, changes: Parameters<typeof fakeRun>[0] = {}) {
  const phase = { ...fakeRun().phases[0]!, id: `phase of ${id}`, status: 'running' as const, maxEpochs: epochsLeft }
  return fakeRun({ id, status: 'running', phases: [phase], ...changes })
}

function secondsLeft(...runs: RunSummary[]): number | null {
  const tracker = trackRuns(runs)
  tracker.apply(epochEvent(runs[0]!.id, runs[0]!.phases[0]!.id, { epoch: 1, exits: [0.5] }))
  return tracker.secondsLeftAtMost()
}

describe('the time that followed runs take at most', () => {
  it('is unknown before an epoch is timed', () => {
    expect(trackRuns([running('a', 3)]).secondsLeftAtMost()).toBeNull()
  })

  it('is divided by the number of runs that train at once', () => {
    const queued = fakeRun({ id: 'c', phases: running('c', 6).phases.map((each) => ({ ...each, status: 'queued' })) })
    expect(secondsLeft(running('a', 3), queued)).toBe(2 * (3 + 6))
    expect(secondsLeft(running('a', 3), running('b', 3), queued)).toBe((2 * (3 + 3 + 6)) / 2)
  })

  it('is at least the time of the longest run', () => {
    expect(secondsLeft(running('a', 1), running('b', 9))).toBe(2 * 9)
  })

  it('counts the epochs of each phase, and a shared phase once', () => {
    const shared = running('a', 3).phases
    const own = { ...shared[0]!, id: 'own', status: 'queued' as const, maxEpochs: 20 }
    expect(secondsLeft(running('a', 3), fakeRun({ id: 'b', phases: [...shared, own] }))).toBe(2 * (3 + 20))
  })

  it('takes the pace of another experiment as long as its own is not known', () => {
    const tracker = trackRuns([running('a', 3), running('b', 3, { experimentId: 'other' })])
    const slow = epochEvent('b', 'phase of b', { epoch: 1, exits: [0.5] })
    tracker.apply(epochEvent('a', 'phase of a', { epoch: 1, exits: [0.5] }))
    expect(tracker.secondsLeftAtMost()).toBe(2 * 3)
    if (slow.type === 'epoch') tracker.apply({ ...slow, record: { ...slow.record, seconds: 10 } })
    expect(tracker.secondsLeftAtMost()).toBe(10 * 3)
  })
})
