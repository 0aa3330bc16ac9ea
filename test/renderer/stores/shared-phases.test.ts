import { describe, expect, it } from 'vitest'
import { progressOf, trainedElsewhere } from '../../../src/renderer/stores/shared-phases.ts'
import type { Progress } from '../../../src/shared/phases/events.ts'
import { runPhase, runSummary } from '../support/run-summary.ts'

const phase = runPhase({ id: 'two', name: 'two', epochs: 3, shared: true })
const progress = { phase: 'two', epoch: 3, maxEpochs: 10, batch: 5, batchesPerEpoch: 10 } as Progress

describe('a phase that is trained for another run', () => {
  const trainedFor = { id: 'other', name: 'toy-mixed-s1' }
  const run = runSummary({ id: 'r', status: 'paused', phases: [{ ...phase, trainedFor }] })
  const other = { ...progress, run: 'other', runSecondsLeftAtMost: 100 }

  it('is known, and its progress is that of the training', () => {
    expect(trainedElsewhere(run)).toMatchObject({ phase: { id: 'two' }, trainer: trainedFor })
    expect(progressOf(run, new Map([['other', other]]))).toEqual({ ...other, runSecondsLeftAtMost: null })
  })

  it('belongs to no other run where the run itself trains it', () => {
    expect(trainedElsewhere({ ...run, id: 'other' })).toBeNull()
    expect(progressOf({ ...run, id: 'other' }, new Map([['other', other]]))).toBe(other)
  })

  it('has no progress while the other run is at another phase', () => {
    expect(progressOf(run, new Map([['other', { ...other, phase: 'three' }]]))).toBeNull()
  })
})
