// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { EngineInfo, SystemInfo } from '../../../../src/contract/system.ts'
import HostBanner from '../../../../src/renderer/components/shell/HostBanner.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

const own = { pid: 9, command: 'serve', trains: true, after: null }

it('says who trains while another process does, and once that has ended until it is closed', async () => {
  const fake = provideFakeHost()
  const host: { now: Partial<SystemInfo> } = { now: { attached: null, host: own as unknown as SystemInfo['host'] } }
  fake.answer({ system: { info: async () => host.now as SystemInfo, engine: async () => ({}) as EngineInfo } })
  const banner = mount(HostBanner)
  const renew = async (now: object) => {
    host.now = now
    fake.cutLink()
    await flushPromises()
    fake.mendLink()
    await flushPromises()
  }
  await flushPromises()
  expect(banner.text()).toBe('')
  await renew({ attached: 9, host: { ...own, pid: 5, command: 'run' } })
  expect(banner.text()).toBe('Process 5 (exitlab run) trains. When it ends, this workbench trains.')
  await renew({ attached: null, host: { ...own, after: { pid: 5, command: 'run', died: false } } })
  expect(banner.text()).toContain('Process 5 (exitlab run) has ended')
  await banner.get('button').trigger('click')
  expect(banner.text()).toBe('')
  banner.unmount()
})
