// @vitest-environment happy-dom
import { Spline } from '@lucide/vue'
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import AnalysisEmpty from '../../../../src/renderer/components/analyses/AnalysisEmpty.vue'
import { useAnalysisScope } from '../../../../src/renderer/composables/analyses/use-analysis-scope.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'

/** Of an experiment with one regime and so many finished seeds, of which the first is chosen. */
async function textWith(seeds: number): Promise<string> {
  const host = provideFakeHost()
  for (let seed = 1; seed <= seeds; seed++)
    host.runs.set(`s${seed}`, runSummary({ id: `s${seed}`, seed, status: 'done' }))
  const Screen = defineComponent(() => {
    const scope = useAnalysisScope()
    return () => h(AnalysisEmpty, { scope, icon: Spline, atLeast: 2 })
  })
  const routes = ['runs', 'new'].map((name) => ({ path: `/${name}`, name, component: { render: () => null } }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/runs')
  const screen = mount(Screen, { global: { plugins: [router] } })
  await vi.waitUntil(() => screen.text().includes('needed'))
  return screen.text()
}

test('says what to choose where enough runs are done and too few of them chosen', async () => {
  expect(await textWith(3)).toContain('One of 3 finished runs is chosen. This analysis compares two runs: choose all')
})

test('says to wait where one run is done', async () => {
  expect(await textWith(1)).toContain('One run of this experiment is done.')
})
