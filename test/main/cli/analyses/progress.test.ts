import { expect, it } from 'vitest'
import { analysisProgress, shownAnalyses } from '../../../../src/main/cli/analyses/progress.ts'
import { trackAnalyses } from '../../../../src/main/cli/analyses/tracker.ts'
import { createStyle } from '../../../../src/main/cli/output/style.ts'
import { openDisplay } from '../../../../src/main/cli/progress/display.ts'
import type { AnalysisSummary } from '../../../../src/shared/evaluation/analysis.ts'
import { fakeContext } from '../support.ts'

const summary = (seed: number, changes: Partial<AnalysisSummary> = {}): AnalysisSummary => ({
  id: `a${seed}`,
  kind: 'numerical-rank',
  parameters: {},
  status: 'queued',
  done: 0,
  total: 0,
  seconds: 0,
  error: null,
  createdAt: 0,
  pausedWithAll: false,
  runs: [{ id: `r${seed}`, name: `small-joint-s${seed}`, regime: 'joint', series: 'joint', seed }],
  ...changes,
})
const running = summary(2, { status: 'running', done: 2, total: 8, seconds: 10 })
const style = createStyle(false)

it('a terminal shows a line for each analysis, with a bar and the remaining time', () => {
  const { analyses } = trackAnalyses([summary(1, { status: 'done', done: 8, total: 8 }), running, summary(3)])
  expect(analysisProgress(analyses, { style, rows: 30 })).toEqual([
    '1 of 3 analyses done',
    '  ✓ done     joint, seed 1',
    '  ▸ running  joint, seed 2  ━━──────  2 of 8 parts, about 30 s left',
    '  · queued   joint, seed 3',
  ])
})

it('running analyses are shown first where there are more than lines', () => {
  const { analyses } = trackAnalyses([...[5, 6, 7, 8].map((seed) => summary(seed)), running])
  expect(analysisProgress(analyses, { style, rows: 6 })).toEqual([
    '0 of 5 analyses done',
    '  · queued   joint, seed 5',
    '  · queued   joint, seed 6',
    expect.stringContaining('▸ running  joint, seed 2'),
    '  and 2 more',
  ])
})

it('a pipe gets a line for each change of status, and every ten seconds one for progress', () => {
  let now = 0
  const work = shownAnalyses(trackAnalyses([summary(2)]), () => now)
  const tell = (at: number, changes: Partial<AnalysisSummary>) => {
    now = at
    return work.take({ type: 'analysis', cursor: '', analysis: { ...running, ...changes } })
  }
  expect(tell(0, { done: 1 })).toEqual(['joint, seed 2: running, 1 of 8 parts, about 1 min 10 s left'])
  expect(tell(5000, { done: 2 })).toEqual([])
  expect(tell(10_001, { done: 3 })).toEqual(['joint, seed 2: running, 3 of 8 parts, about 17 s left'])
  expect(tell(11_000, { done: 4 })).toEqual([])
  expect(tell(11_000, { status: 'failed', error: 'no such file' })).toEqual(['joint, seed 2: failed: no such file'])
})

it('a terminal is left clean: the result stands where the progress was', () => {
  const { context, written } = fakeContext({ isTerminal: true })
  const work = shownAnalyses(trackAnalyses([running]), context.now)
  const display = openDisplay(context, work, { on: 'stderr', quiet: false, started: 0 })
  display.say('Pausing.')
  expect(written.stderr).toContain('▸ running')
  expect(written.stderr).toContain('Pausing.')
  display.close()
  expect(written.stderr).toMatch(/\u001b\[2K[^\n]*\u001b\[\?25h$/)
  expect(written.stdout).toBe('')
})
