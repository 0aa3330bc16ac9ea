// @vitest-environment happy-dom
import { effectScope, nextTick, ref } from 'vue'
import { expect, onTestFinished, test, vi } from 'vitest'
import { useReading } from '../../../src/renderer/composables/use-reading.ts'
import { useImportsStore } from '../../../src/renderer/stores/imports.ts'
import { provideFakeHost } from '../support/fake-host.ts'

test('a reading is asked again for another question and other imported values, not for the same question anew', async () => {
  const asked = vi.fn((_: unknown) => new Promise<never>(() => {}))
  const host = provideFakeHost({ readings: { ask: asked as never }, imports: { list: async () => [] } })
  const question = ref({ runs: ['a'] })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  host.run(() => scope.run(() => useReading(() => ({ reading: 'exits', question: { runs: question.value.runs } }))))
  const signal = () => (asked.mock.lastCall as unknown as [unknown, { signal: AbortSignal }])[1].signal
  expect(asked).toHaveBeenCalledTimes(1)
  question.value = { runs: ['a'] }
  await nextTick()
  expect(asked).toHaveBeenCalledTimes(1)
  expect(signal().aborted).toBe(false)
  question.value = { runs: ['a', 'b'] }
  await nextTick()
  expect(asked).toHaveBeenLastCalledWith({ reading: 'exits', question: { runs: ['a', 'b'] } }, expect.anything())
  host.answer({ imports: { list: async () => [{ id: 'i', sha256: 'new' }] as never } })
  await vi.waitUntil(() => host.asked.after.length > 0)
  host.publish({ type: 'imports' })
  await vi.waitUntil(() => host.run(() => useImportsStore()).contents === 'new')
  await nextTick()
  expect(asked).toHaveBeenCalledTimes(3)
})
