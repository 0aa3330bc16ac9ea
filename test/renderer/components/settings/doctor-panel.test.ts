// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, onTestFinished } from 'vitest'
import DoctorPanel from '../../../../src/renderer/components/settings/DoctorPanel.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

it('checks the installation by one button, which keeps the focus', async () => {
  provideFakeHost({
    system: { doctor: async () => [{ check: 'store', status: 'ok', detail: 'consistent', remedy: null }] as never },
  })
  const panel = mount(DoctorPanel, { attachTo: document.body })
  onTestFinished(() => panel.unmount())
  const button = panel.get<HTMLElement>('button')
  expect(button.text()).toBe('Check now')
  button.element.focus()
  await button.trigger('click')
  await flushPromises()
  expect(panel.text()).toContain('consistent')
  expect(document.activeElement!.textContent).toContain('Check again')
})
