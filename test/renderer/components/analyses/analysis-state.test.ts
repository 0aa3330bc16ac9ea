// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AnalysisSummary } from '../../../../src/shared/evaluation/analysis.ts'
import { analysisSummary } from '../../support/analysis-summary.ts'
import AnalysisState from '../../../../src/renderer/components/analyses/AnalysisState.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

beforeEach(() => void provideFakeHost())

function shown(...analyses: (AnalysisSummary | null)[]) {
  const answers = analyses.map((analysis) => ({ analysis }))
  return mount(AnalysisState, { props: { answers, what: '2 pairs of runs', estimate: 'about 3 min' } })
}
const words = (state: ReturnType<typeof shown>) => state.text().replace(/\s+/g, ' ')

describe('the state of analyses', () => {
  it('offers to compute what is missing, with its duration', async () => {
    const state = shown(null, null)
    expect(words(state)).toContain('2 pairs of runs: not computed yet, about 3 min.')
    await state.get('button').trigger('click')
    expect(state.emitted('compute')).toHaveLength(1)
  })

  it('shows progress and remaining time', () => {
    const state = shown(
      analysisSummary({ id: 'a', status: 'running', done: 30, total: 51, seconds: 60 }),
      analysisSummary({ id: 'b' }),
    )
    expect(words(state)).toContain('30 of 102 steps, about 2 min 24 s left')
    expect(state.get('[role="progressbar"]').attributes('aria-valuenow')).toBe('29')
  })

  it('while some are computed, others can be resumed or requested', () => {
    const state = shown(
      analysisSummary({ id: 'a', status: 'running', done: 1, total: 2 }),
      analysisSummary({ id: 'b', status: 'paused', done: 1, total: 2 }),
      null,
    )
    expect(words(state)).toContain('1 paused.')
    expect(words(state)).toContain('1 of 2 pairs of runs: not computed yet')
    expect(state.findAll('button').map((button) => button.text())).toEqual(['Pause', 'Resume', 'Compute'])
  })

  it('reports what failed and offers to try again', async () => {
    const state = shown(analysisSummary({ id: 'a', status: 'failed', error: 'The checkpoint is damaged.' }))
    expect(words(state)).toContain('The checkpoint is damaged.')
    await state.get('button').trigger('click')
    expect(state.emitted('compute')).toHaveLength(1)
  })

  it('shows nothing once all are done', () => {
    expect(shown(analysisSummary({ id: 'a', status: 'done' })).text()).toBe('')
  })
})
