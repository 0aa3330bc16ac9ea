import { describe, expect, it } from 'vitest'
import { analysisProgress } from '../../../../src/renderer/components/analyses/analysis-progress.ts'
import { analysisSummary } from '../../support/analysis-summary.ts'

const answer = (...given: Parameters<typeof analysisSummary>) => ({ analysis: analysisSummary(...given) })

describe('the progress of several analyses', () => {
  it('counts parts of all analyses: one that has not begun has as many as the others', () => {
    const progress = analysisProgress([
      answer({ id: 'a', status: 'done', done: 51, total: 51, seconds: 51 }),
      answer({ id: 'b', status: 'running', done: 11, total: 51, seconds: 11 }),
      answer({ id: 'c', status: 'queued' }),
    ])
    expect([progress.partsDone, progress.partCount]).toEqual([62, 153])
    // 40 and 51 parts are left, a second each.
    expect(progress.secondsLeft).toBeCloseTo(91, 9)
  })

  it('has no pace before the first part is done', () => {
    expect(analysisProgress([answer({ id: 'a', status: 'running', total: 51 })]).secondsLeft).toBeNull()
  })

  it('distinguishes what was never requested from what waits', () => {
    const progress = analysisProgress([{ analysis: null }, answer({ id: 'a' }), answer({ id: 'b', status: 'paused' })])
    expect([progress.missing, progress.queued.length, progress.paused.length]).toEqual([1, 1, 1])
  })
})
