import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { watchStill } from '../../../src/renderer/composables/watch-still.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched() {
  const value = ref(0)
  const heard: number[] = []
  const scope = effectScope()
  scope.run(() => watchStill(value, (now) => heard.push(now)))
  const change = async (to: number) => {
    value.value = to
    await nextTick()
  }
  return { change, heard, scope }
}

test('a value is heard of once, when it is still', async () => {
  const { change, heard } = watched()
  await change(1)
  vi.advanceTimersByTime(200)
  await change(2)
  vi.advanceTimersByTime(249)
  expect(heard).toEqual([])
  vi.advanceTimersByTime(1)
  expect(heard).toEqual([2])
})

test('a change is not heard of after its component has gone', async () => {
  const { change, heard, scope } = watched()
  await change(1)
  scope.stop()
  vi.advanceTimersByTime(1000)
  expect(heard).toEqual([])
})
