// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { RunDetail } from '../../../src/contract/run-detail.ts'
import ExportMenu from '../../../src/renderer/components/domain/ExportMenu.vue'
import { useRunsStore } from '../../../src/renderer/stores/runs.ts'
import RepresentationsView from '../../../src/renderer/views/RepresentationsView.vue'
import { analysisSummary } from '../support/analysis-summary.ts'
import { provideFakeHost, type Answers } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

/** The screen of two series, the second of a network so deep. `analyses`: answers about them, in place of none. */
async function openedWith(depth: number, analyses: Answers['analyses'] = {}) {
  const runs = [20, depth].map((each, index) => {
    const series = `joint · ${index}`
    return { each, summary: runSummary({ id: `r${index}`, status: 'done', experimentId: 'e', regime: 'joint', series, seed: index }) } // prettier-ignore
  })
  const host = provideFakeHost({
    analyses: {
      kinds: async () => [],
      find: async () => ({ parameters: {}, answers: [] }),
      list: async () => [],
      ...analyses,
    },
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
  const screen = mount(RepresentationsView, { global: { plugins: [router], stubs: { RepresentationsBoard: true } } })
  await vi.waitUntil(() => useRunsStore().list.length === 2)
  await flushPromises()
  return screen
}

it('blocks of different networks are not drawn in one figure', async () => {
  expect((await openedWith(32)).text()).toContain('The selected runs have different networks')
  expect((await openedWith(20)).text()).not.toContain('different networks')
})

/** Titles of the figures that can be exported where the mutual information of one run is computed: `label`: with the label, too. */
async function figuresOf({ label, whole }: { label: boolean; whole: boolean }) {
  const runs = [{ id: 'r0', name: 'r0', regime: 'joint', series: 'joint · 0', seed: 0 }]
  const analysis = analysisSummary({ id: 'm1', kind: 'mutual-information', runs, status: whole ? 'done' : 'running' })
  const screen = await openedWith(20, {
    find: async ({ kind }) => ({
      parameters: kind === analysis.kind ? { label } : {},
      answers: kind === analysis.kind ? [{ runs, analysis }] : [],
    }),
    show: async () => ({ analysis, result: {}, whole }),
  })
  return screen
    .getComponent(ExportMenu)
    .props('figures')!
    .map(({ title }) => title)
}

it('figures of the mutual information can be exported once it is computed, that with the label where it was asked for', async () => {
  expect(await figuresOf({ label: true, whole: false })).toEqual([])
  expect(await figuresOf({ label: true, whole: true })).toEqual(['I(X;Z)', 'I(Z;Y)'])
  expect(await figuresOf({ label: false, whole: true })).toEqual(['I(X;Z)'])
})
