// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reactive } from 'vue'
import type { UnwrapNestedRefs } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useNotifications, noticesOf } from '../../../../src/renderer/components/shell/use-notifications.ts'
import { useNotificationSetting } from '../../../../src/renderer/composables/use-notification-setting.ts'
import { useRunsStore } from '../../../../src/renderer/stores/runs.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import type { FakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'

let host: FakeHost

/** What the platform was asked to show; a click is a test's. */
class ShownNotification extends EventTarget {
  static permission: NotificationPermission = 'default'
  static answer: NotificationPermission = 'granted'
  static shown: ShownNotification[] = []
  static async requestPermission() {
    return (ShownNotification.permission = ShownNotification.answer)
  }
  readonly title: string
  constructor(title: string) {
    super()
    this.title = title
    ShownNotification.shown.push(this)
  }
  close(): void {}
}

async function opened() {
  const page = { template: '<main />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'runs', component: page },
      { path: '/run/:run', name: 'run', component: page },
    ],
  })
  let setting!: UnwrapNestedRefs<ReturnType<typeof useNotificationSetting>>
  const setup = () => {
    useNotifications()
    setting = reactive(useNotificationSetting())
    return () => null
  }
  mount({ setup }, { global: { plugins: [router] } })
  const store = useRunsStore()
  host.publish({ type: 'run', run: runSummary({ id: 'a', name: 'toy-joint-s1', status: 'running' }) })
  await vi.waitUntil(() => store.runs.has('a'))
  const end = async () => {
    host.publish({ type: 'run', run: runSummary({ id: 'a', name: 'toy-joint-s1', status: 'done' }) })
    await vi.waitUntil(() => store.runs.get('a')?.status === 'done')
  }
  return { setting, router, end }
}

beforeEach(() => {
  host = provideFakeHost()
  localStorage.clear()
  Object.assign(ShownNotification, { permission: 'default', answer: 'granted', shown: [] })
  vi.stubGlobal('Notification', ShownNotification)
  vi.spyOn(document, 'hasFocus').mockReturnValue(false)
})
afterEach(() => vi.unstubAllGlobals())

test('the end of a run is notified once notifications are on, and a click opens the run', async () => {
  const { setting, router, end } = await opened()
  setting.on = true
  await vi.waitUntil(() => setting.on)
  await end()
  expect(ShownNotification.shown.map(({ title }) => title)).toEqual(['toy-joint-s1 is done'])
  ShownNotification.shown[0]!.dispatchEvent(new Event('click'))
  await vi.waitUntil(() => router.currentRoute.value.path === '/run/a')
})

test('nothing is notified where they are off, or while the window has the focus', async () => {
  const { setting, end } = await opened()
  expect(setting.on).toBe(false)
  await end()
  expect(ShownNotification.shown).toEqual([])
  setting.on = true
  await vi.waitUntil(() => setting.on)
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  host.publish({ type: 'run', run: runSummary({ id: 'b', status: 'running' }) })
  await vi.waitUntil(() => useRunsStore().runs.has('b'))
  host.publish({ type: 'run', run: runSummary({ id: 'b', status: 'failed' }) })
  await vi.waitUntil(() => useRunsStore().runs.get('b')?.status === 'failed')
  expect(ShownNotification.shown).toEqual([])
})

test('they stay off, with the reason, where the browser does not allow them', async () => {
  ShownNotification.answer = 'denied'
  const { setting } = await opened()
  setting.on = true
  await vi.waitUntil(() => setting.problem !== null)
  expect(setting.on).toBe(false)
  expect(setting.problem).toContain('blocks notifications')
})

const mapOf = (...runs: RunSummary[]) => new Map(runs.map((run) => [run.id, run]))
const a = runSummary({ id: 'a', name: 'toy-joint-s1', status: 'running' })
const b = runSummary({ id: 'b', name: 'toy-mixed-s1' })
const done = { status: 'done' as const, scores: { validation: [0.5], test: [0.4, 0.8612] } }

test('a finished run is notified with its test accuracy', () => {
  expect(noticesOf(mapOf(a, b), mapOf({ ...a, ...done }, b))).toEqual([
    { title: 'toy-joint-s1 is done', body: 'Test accuracy 86.12 %', tag: 'done', run: 'a' },
  ])
})

test('a failure is notified with its reason, and a divergence as such', () => {
  const failed = { ...a, status: 'failed', error: 'no disk\nat step 3' } as const
  expect(noticesOf(mapOf(a, b), mapOf(failed, b))).toEqual([
    { title: 'toy-joint-s1 failed', body: 'no disk', tag: 'failed a', run: 'a' },
  ])
  const [notice] = noticesOf(mapOf(a, b), mapOf({ ...failed, errorCode: 'diverged' }, b))
  expect(notice!.title).toBe('toy-joint-s1 diverged')
})

test('the last of several runs notifies that the queue is empty', () => {
  const other = { ...b, status: 'failed' } as const
  expect(noticesOf(mapOf(a, other), mapOf({ ...a, ...done }, other)).at(-1)).toEqual({
    title: 'The queue is empty',
    body: '1 run done, 1 failed',
    tag: 'queue',
    run: null,
  })
  expect(noticesOf(mapOf(a), mapOf({ ...a, ...done }))).toHaveLength(1)
})

test('runs that were done before, that are paused, or that are in the first list are not notified', () => {
  expect(noticesOf(mapOf(), mapOf({ ...a, ...done }))).toEqual([])
  expect(noticesOf(mapOf(a), mapOf({ ...a, status: 'paused' }))).toEqual([])
  expect(noticesOf(mapOf({ ...a, ...done }), mapOf({ ...a, ...done, note: 'seen' }))).toEqual([])
})
