// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import EnginePanel from '../../../../src/renderer/components/settings/EnginePanel.vue'
import WorkspacePanel from '../../../../src/renderer/components/settings/WorkspacePanel.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

it.each([EnginePanel, WorkspacePanel])('says why nothing is known of the host, and waits no longer', async (panel) => {
  const fails = () => Promise.reject(new Error('the disk is away'))
  provideFakeHost({ system: { info: fails, engine: fails, settings: fails } })
  const page = mount(panel)
  expect(page.find('[aria-busy=true]').exists()).toBe(true)
  await flushPromises()
  expect(page.get('[role=alert]').text()).toBe('the disk is away')
  expect(page.find('[aria-busy=true]').exists()).toBe(false)
})
