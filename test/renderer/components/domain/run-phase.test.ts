import { describe, expect, it } from 'vitest'
import { phaseState } from '../../../../src/renderer/components/domain/run-phase.ts'
import type { Progress } from '../../../../src/shared/phases/events.ts'
import type { RunPhase } from '../../../../src/shared/runs/runs.ts'
import { runPhase, runSummary } from '../../support/run-summary.ts'

const phase = (id: string, status: RunPhase['status'], epochs = 0) => runPhase({ id, name: id, status, epochs })
const progress = { phase: 'two', epoch: 3, maxEpochs: 10, batch: 5, batchesPerEpoch: 10 } as Progress

describe('the progress of a run', () => {
  it('counts phases, and epochs of the current one', () => {
    const run = runSummary({
      id: 'r',
      status: 'running',
      phases: [phase('one', 'done', 8), phase('two', 'running', 3)],
    })
    expect(phaseState(run, progress)).toMatchObject({ number: 2, of: 2, fraction: (1 + 0.35) / 2 })
  })

  it('is at the first phase that is not done while nothing is trained', () => {
    const run = runSummary({ id: 'r', status: 'paused', phases: [phase('one', 'done', 8), phase('two', 'queued', 3)] })
    expect(phaseState(run)).toMatchObject({ phase: { id: 'two' }, number: 2, fraction: 0.5 })
  })

  it('is at its end when the run is done, and null without phases', () => {
    const run = runSummary({ id: 'r', status: 'done', phases: [phase('one', 'done', 8), phase('two', 'done', 9)] })
    expect(phaseState(run)).toMatchObject({ phase: { id: 'two' }, number: 2, fraction: 1 })
    expect(phaseState(runSummary({ id: 'r' }))).toBeNull()
  })
})
