import { afterEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useOnceShown } from '../../../src/renderer/composables/use-once-shown.ts'

const idle: (() => void)[] = []
vi.stubGlobal('requestIdleCallback', (callback: () => void) => idle.push(callback))
afterEach(() => void idle.splice(0))

/** Until what waits for a change has heard of it. */
const heard = async () => {
  for (let turn = 0; turn < 5; turn++) await nextTick()
}

it('what stands below is shown in the first moment without work after the first screen is ready, and stays', async () => {
  const scope = effectScope()
  const ready = ref(false)
  const isShown = scope.run(() => useOnceShown(() => ready.value))!
  await heard()
  expect([isShown.value, idle.length]).toEqual([false, 0])
  ready.value = true
  await heard()
  expect([isShown.value, idle.length]).toEqual([false, 1])
  idle[0]!()
  expect(isShown.value).toBe(true)
  ready.value = false
  await heard()
  expect(isShown.value).toBe(true)
  scope.stop()
})

it('nothing is shown in a screen that was left meanwhile', async () => {
  const scope = effectScope()
  const isShown = scope.run(() => useOnceShown(() => true))!
  await heard()
  scope.stop()
  idle[0]!()
  expect(isShown.value).toBe(false)
})
