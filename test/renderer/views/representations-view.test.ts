// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { RunDetail } from '../../../src/contract/run-detail.ts'
import { useRunsStore } from '../../../src/renderer/stores/runs.ts'
import RepresentationsView from '../../../src/renderer/views/RepresentationsView.vue'
import { provideFakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

/** The screen of two series, the second of a network so deep. */
async function openedWith(depth: number) {
  const runs = [20, depth].map((each, index) => {
    const series = `joint · ${index}`
    return { each, summary: runSummary({ id: `r${index}`, status: 'done', experimentId: 'e', regime: 'joint', series, seed: index }) } // prettier-ignore
  })
  const host = provideFakeHost({
    analyses: { kinds: async () => [], find: async () => ({ parameters: {}, answers: [] }), list: async () => [] },
    runs: {
      show: async ({ run }) => {
        const { each, summary } = runs.find(({ summary }) => summary.id === run)!
        const outline = { reads: 'map', token: 'class token', blockCount: 2, exits: [0, 1] }
        return {
          ...summary,
          outline,
          network: { family: 'resnet', head: 'pooled', depth: each },
        } as unknown as RunDetail
      },
    },
  })
  for (const { summary } of runs) host.publish({ type: 'run', run: summary })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', name: 'representations', component: RepresentationsView }],
  })
  await router.push('/?runs=r0,r1')
  const screen = mount(RepresentationsView, { global: { plugins: [router] } })
  await vi.waitUntil(() => useRunsStore().list.length === 2)
  await flushPromises()
  return screen.text()
}

it('blocks of different networks are not drawn in one figure', async () => {
  expect(await openedWith(32)).toContain('The selected runs have different networks')
  expect(await openedWith(20)).not.toContain('different networks')
})
