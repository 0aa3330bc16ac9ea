// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import LinkBanner from '../../../../src/renderer/components/shell/LinkBanner.vue'
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
