// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { AnalysisStatus } from '../../../../src/shared/evaluation/analysis.ts'
import { useAnalysisResults } from '../../../../src/renderer/composables/analyses/use-analysis-results.ts'
import { useAnalysesStore } from '../../../../src/renderer/stores/analyses.ts'
import { provideFakeHost, type FakeHost } from '../../support/fake-host.ts'

let host: FakeHost

beforeEach(() => void (host = provideFakeHost()))

/** A question about pairs of runs. */
async function asked(...runs: string[]) {
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const about = ref(runs)
  const results = host.run(() =>
    scope.run(() => useAnalysisResults(() => ({ kind: 'mode-connectivity', runs: about.value, parameters: {} })))!,
  )
  await vi.waitUntil(() => useAnalysesStore().loaded && !results.loading.value)
  return { about, results }
}

function comesTo(status: AnalysisStatus, done: number): void {
  for (const analysis of host.analyses.values()) {
    host.publish({ type: 'analysis', analysis: { ...analysis, status, done, total: 51 } })
  }
}

describe('the results of a question', () => {
  it('are one answer for each pair, without any computation before it is requested', async () => {
    const { results } = await asked('a', 'b', 'c')
    expect(results.answers.value.map(({ runs, analysis }) => [runs.map(({ id }) => id).join(''), analysis])).toEqual([
      ['ab', null],
      ['ac', null],
      ['bc', null],
    ])
    expect(results.parameters.value).toEqual({ points: 25 })
    await results.compute()
    await vi.waitUntil(() => results.answers.value.every(({ analysis }) => analysis?.status === 'queued'))
  })

  it('are read while they are computed, and no more once they are complete', async () => {
    const { results } = await asked('a', 'b')
    await results.compute()
    const [id] = host.analyses.keys()
    host.results.set(id!, { lambdas: [0, 1] })
    comesTo('running', 5)
    await vi.waitUntil(() => results.answers.value[0]?.result !== null)
    expect(results.answers.value[0]).toMatchObject({ result: { lambdas: [0, 1] }, whole: false })
    host.results.set(id!, { lambdas: [0, 0.5, 1] })
    comesTo('done', 51)
    await vi.waitUntil(() => results.answers.value[0]?.whole === true)
    expect(results.answers.value[0]!.result).toEqual({ lambdas: [0, 0.5, 1] })
    const reads = host.asked.shows
    comesTo('done', 51)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(host.asked.shows).toBe(reads)
  })

  it('that could not be read while the host was away are read once it is back', async () => {
    const { results } = await asked('a', 'b')
    await results.compute()
    const [id] = host.analyses.keys()
    host.results.set(id!, { lambdas: [0, 1] })
    const { show } = host.client.analyses
    host.answer({ analyses: { show: () => Promise.reject(new Error('there is no link')) } })
    comesTo('done', 51)
    await vi.waitUntil(() => results.error.value !== null)
    host.cutLink()
    await new Promise((resolve) => setTimeout(resolve))
    host.answer({ analyses: { show } })
    host.mendLink()
    await vi.waitUntil(() => results.answers.value[0]?.whole === true)
    expect(results.error.value).toBeNull()
  })

  it('say why one of them cannot be read as long as it is asked for, whatever becomes of others', async () => {
    const { results, about } = await asked('a', 'b', 'c')
    await results.compute()
    const [first, second] = [...host.analyses.keys()] as [string, string]
    const { show } = host.client.analyses
    for (const id of [first, second]) host.results.set(id, {})
    host.answer({
      analyses: {
        show: (input) => (input.analysis === first ? Promise.reject(new Error('it is damaged')) : show(input)),
      },
    })
    const finish = (id: string) =>
      host.publish({ type: 'analysis', analysis: { ...host.analyses.get(id)!, status: 'done', done: 51, total: 51 } })
    finish(first)
    await vi.waitUntil(() => results.error.value !== null)
    finish(second)
    await vi.waitUntil(() => results.answers.value[1]?.whole === true)
    await new Promise((resolve) => setTimeout(resolve))
    expect(results.error.value).toBe('it is damaged')
    about.value = ['b', 'c']
    await vi.waitUntil(() => results.answers.value.length === 1)
    expect(results.error.value).toBeNull()
  })

  it('are read at most twice a second, however fast they progress', async () => {
    const { results } = await asked('a', 'b')
    await results.compute()
    const [id] = host.analyses.keys()
    host.results.set(id!, {})
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    for (let done = 1; done <= 20; done++) {
      comesTo('running', done)
      await vi.advanceTimersByTimeAsync(20)
    }
    expect(host.asked.shows).toBe(1)
    await vi.advanceTimersByTimeAsync(500)
    expect(host.asked.shows).toBe(2)
  })

  it('are there at once where the analysis was requested before', async () => {
    const { results, about } = await asked('a', 'b')
    await useAnalysesStore().ask({ kind: 'mode-connectivity', runs: ['c', 'd'], parameters: {} })
    about.value = ['c', 'd']
    await vi.waitUntil(() => results.answers.value[0]?.runs[0]!.id === 'c')
    expect(results.answers.value[0]!.analysis).not.toBeNull()
  })
})
