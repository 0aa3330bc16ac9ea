// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { expect, it, onTestFinished } from 'vitest'
import { h, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import RunHeader from '../../../../../src/renderer/components/run/header/RunHeader.vue'
import type { RunStatus } from '../../../../../src/shared/runs.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runPhase, runSummary } from '../../../support/run-summary.ts'

it('has one button that pauses, resumes or tries again, which keeps the focus', async () => {
  provideFakeHost()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any(.*)', component: { render: () => null } }],
  })
  const status = shallowRef<RunStatus>('running')
  const run = () =>
    ({
      ...runSummary({ id: 'a', status: status.value, phases: [runPhase()] }),
      file: { training: { precision: 'float32', earlyStopping: { patience: 3 } } },
    }) as unknown as RunDetail
  const header = () => h(RunHeader, { run: run(), progress: null, withoutImprovement: null })
  const page = mount(() => h(TooltipProvider, header), { global: { plugins: [router] }, attachTo: document.body })
  onTestFinished(() => page.unmount())
  const button = page.findAll('button').find((each) => each.text() === 'Pause')!
  button.element.focus()
  for (const [next, word] of [
    ['paused', 'Resume'],
    ['failed', 'Retry'],
    ['queued', 'Pause'],
  ] as const) {
    status.value = next
    await flushPromises()
    expect([button.text(), document.activeElement]).toEqual([word, button.element])
  }
})
