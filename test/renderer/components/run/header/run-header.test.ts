// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { expect, it, onTestFinished, vi } from 'vitest'
import { h, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import RunHeader from '../../../../../src/renderer/components/run/header/RunHeader.vue'
import type { MenuItem } from '../../../../../src/renderer/components/ui/menu-item.ts'
import { useRunsStore } from '../../../../../src/renderer/stores/runs.ts'
import type { RunSummary } from '../../../../../src/shared/runs/runs.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runPhase, runSummary } from '../../../support/run-summary.ts'

/** The header of a run, which may change, in a workspace of some runs. */
async function shown(first: Partial<RunSummary>, workspace: readonly RunSummary[] = []) {
  const host = provideFakeHost()
  for (const run of workspace) host.publish({ type: 'run', run })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/runs/:run', name: 'run', component: { render: () => null } },
      { path: '/:any(.*)', component: { render: () => null } },
    ],
  })
  const changes = shallowRef(first)
  const run = () =>
    ({
      ...runSummary({ id: 'a', phases: [runPhase()], ...changes.value }),
      file: { training: { precision: 'float32', earlyStopping: { patience: 3 } } },
    }) as unknown as RunDetail
  const header = () => h(RunHeader, { run: run(), progress: null, withoutImprovement: null })
  const page = mount(() => h(TooltipProvider, header), { global: { plugins: [router] }, attachTo: document.body })
  onTestFinished(() => page.unmount())
  await vi.waitUntil(() => useRunsStore().list.length === workspace.length)
  return { page, router, changes }
}

it('has one button that pauses, resumes or tries again, which keeps the focus', async () => {
  const { page, changes } = await shown({ status: 'running' })
  const button = page.findAll('button').find((each) => each.text() === 'Pause')!
  button.element.focus()
  for (const [status, word] of [
    ['paused', 'Resume'],
    ['failed', 'Retry'],
    ['queued', 'Pause'],
  ] as const) {
    changes.value = { status }
    await flushPromises()
    expect([button.text(), document.activeElement]).toEqual([word, button.element])
  }
})

it('leads to the runs before and after it, as far as there are any', async () => {
  const runs = ['first', 'second', 'third'].map((id, position) => runSummary({ id, position }))
  const { page, router, changes } = await shown({ id: 'second' }, runs)
  const button = (label: string) => page.get<HTMLButtonElement>(`button[aria-label^="${label} run"]`)
  const offered = () => ['Previous', 'Next'].filter((label) => !button(label).element.disabled)
  await button('Previous').trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.params).toEqual({ run: 'first' })
  await button('Next').trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.params).toEqual({ run: 'third' })
  for (const [id, neighbours] of [
    ['first', ['Next']],
    ['third', ['Previous']],
    ['not in the list', []],
  ] as const) {
    changes.value = { id }
    await flushPromises()
    expect(offered()).toEqual(neighbours)
  }
})

it.each([
  [false, 'can be deleted'],
  [true, 'cannot be deleted again'],
])('a run whose deletion is %s %s', async (deleted) => {
  const { page } = await shown({ deleted })
  const { items } = page.getComponent({ name: 'UiMenu' }).props() as { items: MenuItem[] }
  expect(items.find(({ label }) => label === 'Delete')!.disabled).toBe(deleted)
})
