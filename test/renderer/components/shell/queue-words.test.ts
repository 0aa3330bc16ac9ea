import { describe, expect, it } from 'vitest'
import { queueWords, nextDoneWords } from '../../../../src/renderer/components/shell/queue-words.ts'
import type { AnalysisSummary } from '../../../../src/shared/evaluation/analysis.ts'
import type { Progress } from '../../../../src/shared/phases/events.ts'
import { runPhase, runSummary } from '../../support/run-summary.ts'

describe('the queue in words', () => {
  it('counts runs that are or may be trained, and those that failed', () => {
    const statuses = ['running', 'queued', 'done', 'queued', 'failed', 'stopped'] as const
    const runs = statuses.map((status, index) => runSummary({ id: `${index}`, status }))
    expect(queueWords(runs, [])).toBe('1 running · 2 queued · 1 failed')
    expect(queueWords([], [])).toBe('nothing queued')
  })

  it('distinguishes runs that wait for a phase of another run from queued ones', () => {
    const trainedFor = { id: 'other', name: 'other' }
    const phase = runPhase({ shared: true, trainedFor })
    const runs = [runSummary({ id: 'a', status: 'queued', phases: [phase] }), runSummary({ id: 'b', status: 'queued' })]
    expect(queueWords(runs, [])).toBe('1 waiting · 1 queued')
  })

  it('counts analyses in progress', () => {
    const analyses = (['done', 'running', 'queued', 'paused', 'failed'] as const).map(
      (status) => ({ status }) as AnalysisSummary,
    )
    const runs = [runSummary({ id: 'a', status: 'running' })]
    expect(queueWords(runs, analyses)).toBe('1 running · 2 analyses to go')
    expect(queueWords([], analyses.slice(0, 2))).toBe('1 analysis to go')
  })

  it('says when the next run is done, of those whose pace is known', () => {
    const progress = (runSecondsLeftAtMost: number | null) => ({ runSecondsLeftAtMost }) as Progress
    expect(
      nextDoneWords(
        new Map([
          ['a', progress(90)],
          ['b', progress(30)],
          ['c', progress(null)],
        ]),
      ),
    ).toBe('next run done in at most 30 s')
    expect(
      nextDoneWords(
        new Map([
          ['a', progress(90)],
          ['b', progress(0)],
        ]),
      ),
    ).toBe('next run is being evaluated')
    expect(nextDoneWords(new Map([['c', progress(null)]]))).toBeNull()
  })
})
