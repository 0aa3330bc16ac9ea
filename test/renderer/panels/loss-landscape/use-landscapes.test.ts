// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useLandscapes, type Landscapes } from '../../../../src/renderer/panels/loss-landscape/use-landscapes.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'

async function shown(...runs: RunSummary[]) {
  provideFakeHost()
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })
  await router.push('/')
  let landscapes!: Landscapes
  const setup = () => {
    landscapes = useLandscapes(() => runs)
    return () => null
  }
  const wrapper = mount({ setup }, { global: { plugins: [router] } })
  onTestFinished(() => wrapper.unmount())
  return landscapes.runs.value.map(({ series, look }) => [series, look])
}
const run = (experimentId: string, experiment: string) =>
  runSummary({ id: `${experimentId}-run`, name: `${experiment}-mixed-s1`, experimentId, experiment, status: 'done' })

test('landscapes of one experiment have the names of their series', async () => {
  expect(await shown(run('3f9a2b00', 'toy'))).toEqual([['mixed', null]])
})

test('landscapes of experiments have their names, of those that share one their ids, and a look each', async () => {
  expect(await shown(run('3f9a2b00', 'toy'), run('c01d7700', 'toy'), run('ffffff00', 'other'))).toEqual([
    ['mixed, toy (3f9a2b)', 0],
    ['mixed, toy (c01d77)', 1],
    ['mixed, other', null],
  ])
})
