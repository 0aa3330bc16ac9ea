// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import NothingDone from '../../../../../src/renderer/components/compare/states/NothingDone.vue'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runSummary } from '../../../support/run-summary.ts'

test('of thousands of runs that wait it lists the first, and counts the others', () => {
  provideFakeHost()
  const routes = ['runs', 'new'].map((name) => ({ path: `/${name}`, name, component: { render: () => null } }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  const waiting = Array.from({ length: 5000 }, (_, at) => runSummary({ id: `r${at}` }))
  const compared = { done: [], waiting, imports: [], unknown: [] }
  const state = mount(NothingDone, { props: { compared }, global: { plugins: [router] } })
  const items = state.findAll('li')
  expect([items.length, items.at(-1)!.text()]).toEqual([51, 'and 4,950 more'])
})
