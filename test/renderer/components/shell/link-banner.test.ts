// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import LinkBanner from '../../../../src/renderer/components/shell/LinkBanner.vue'
import { useRunsStore } from '../../../../src/renderer/stores/runs.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

it('says once that the connection is lost: the seconds that pass are not read aloud', async () => {
  const host = provideFakeHost()
  const banner = mount(LinkBanner)
  host.cutLink()
  host.connection.nextAttemptAt.value = (Date.now() + 5000) as never
  await flushPromises()
  expect(banner.get('[role=alert]').text()).toMatch(/Trying again in \d s\./)
  banner.findAll('[aria-hidden=true]').forEach(({ element }) => element.remove())
  expect(banner.get('[role=alert]').text()).toMatch(
    /^Connection to the host lost.*from their last checkpoints\.\s*Try now$/s,
  )
  banner.unmount()
})

it('says that runs are no longer followed, for as long as the host refuses', async () => {
  const host = provideFakeHost()
  const { follow } = host.client.events
  const runs = useRunsStore()
  const banner = mount(LinkBanner)
  await vi.waitUntil(() => runs.loaded && host.asked.after.length > 0)
  const refused = vi.fn(() => Promise.reject(new ORPCError('INTERNAL_SERVER_ERROR', { message: 'it is damaged' })))
  host.answer({ events: { follow: refused } })
  host.cutLink()
  host.mendLink()
  await vi.waitUntil(() => refused.mock.calls.length > 0)
  await flushPromises()
  expect(banner.text()).toContain('it is damaged')
  host.answer({ events: { follow } })
  await vi.waitUntil(() => host.asked.after.length > 1)
  await flushPromises()
  expect(banner.text()).toBe('')
  banner.unmount()
})
