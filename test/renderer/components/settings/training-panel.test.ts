// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Settings } from '../../../../src/contract/system.ts'
import TrainingPanel from '../../../../src/renderer/components/settings/TrainingPanel.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

it('changes how many runs are trained at once step by step, without losing the focus', async () => {
  let kept = { parallel: 'auto' } as Settings
  const configure = vi.fn(async (changes: Partial<Settings>) => (kept = { ...kept, ...changes }))
  provideFakeHost({ system: { settings: async () => kept, configure } })
  const panel = mount(TrainingPanel, { attachTo: document.body })
  onTestFinished(() => panel.unmount())
  await flushPromises()
  const press = async (label: string) => {
    const button = panel.get<HTMLElement>(`[aria-label="${label}"]`)
    button.element.focus()
    void button.trigger('click')
    // A second press while the first is sent counts for nothing.
    await button.trigger('click')
    await flushPromises()
    return [panel.get('output').text(), document.activeElement!.getAttribute('aria-label')]
  }
  expect(await press('One run more')).toEqual(['1', 'One run more'])
  expect(await press('One run fewer')).toEqual(['auto', 'One run more'])
  expect(configure).toHaveBeenCalledTimes(2)
})
