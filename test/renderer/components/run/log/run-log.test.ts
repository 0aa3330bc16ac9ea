// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import RunLog from '../../../../../src/renderer/components/run/log/RunLog.vue'
import { usePreferencesStore } from '../../../../../src/renderer/stores/preferences.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'

beforeEach(() => {
  localStorage.clear()
  provideFakeHost()
})

const line = (id: number) => ({ id, run: 'a', phase: null, at: 0, level: 'info' as const, message: `line ${id}` })

/** A log of 100 lines, scrolled to its end; `to` lays it out anew, as a browser would, and tells. */
async function openedLog() {
  const lines = Array.from({ length: 100 }, (_, id) => line(id))
  const log = mount(RunLog, { props: { lines, loading: false, error: null }, attachTo: document.body })
  await nextTick()
  const box = log.get('[role="log"]').element
  const to = (layout: { clientHeight: number; scrollHeight: number; scrollTop: number }) => {
    for (const [key, value] of Object.entries(layout)) Object.defineProperty(box, key, { value, writable: true })
    box.dispatchEvent(new Event('scroll'))
  }
  to({ clientHeight: 400, scrollHeight: 1800, scrollTop: 1400 })
  return { box, to, follows: () => usePreferencesStore().read('run.log.follow', true) }
}

test('a log goes on following when its panel or its lines change their size', async () => {
  const { box, to, follows } = await openedLog()
  to({ clientHeight: 200, scrollHeight: 2400, scrollTop: 1400 })
  await nextTick()
  expect([follows(), box.scrollTop]).toEqual([true, 2400])
})

test('a log that is scrolled back stops following, until it is scrolled to its end', async () => {
  const { to, follows } = await openedLog()
  to({ clientHeight: 400, scrollHeight: 1800, scrollTop: 900 })
  expect(follows()).toBe(false)
  to({ clientHeight: 400, scrollHeight: 1800, scrollTop: 1400 })
  expect(follows()).toBe(true)
})
