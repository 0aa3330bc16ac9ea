// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { expect, onTestFinished, test, vi } from 'vitest'
import { h } from 'vue'
import StatusBar from '../../../../src/renderer/components/shell/StatusBar.vue'
import { provideFakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'

test('pausing and resuming everything leave the focus on the button that takes the place of the pressed one', async () => {
  const run = runSummary({ id: 'a', status: 'queued' })
  const paused = { ...run, status: 'paused' as const, pausedWithAll: true }
  const host = provideFakeHost({
    queue: {
      pause: async () => ({ runs: [paused], analyses: [] }),
      resume: async () => ({ runs: [run], analyses: [] }),
    },
  })
  host.runs.set(run.id, run)
  const bar = mount(() => h(TooltipProvider, () => h(StatusBar)), { attachTo: document.body })
  onTestFinished(() => bar.unmount())
  const press = async (word: string, then: string) => {
    await vi.waitUntil(() => bar.find('button').exists() && bar.get('button').text() === word)
    bar.get<HTMLElement>('button').element.focus()
    await bar.get('button').trigger('click')
    await vi.waitUntil(() => bar.get('button').text() === then)
    await flushPromises()
    expect(document.activeElement).toBe(bar.get('button').element)
  }
  await press('Pause all', 'Resume all')
  await press('Resume all', 'Pause all')
})
