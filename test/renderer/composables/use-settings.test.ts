// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { effectScope } from 'vue'
import type { EngineInfo, Settings, SystemInfo } from '../../../src/contract/system.ts'
import { useSettings } from '../../../src/renderer/composables/use-settings.ts'
import { provideFakeHost } from '../support/fake-host.ts'

test('a change is seen wherever settings are shown', async () => {
  let kept = { keepUnfinished: false } as unknown as Settings
  const host = provideFakeHost({
    system: {
      info: async () => ({}) as SystemInfo,
      engine: async () => ({}) as EngineInfo,
      settings: async () => kept,
      configure: async (changes) => (kept = { ...kept, ...changes } as Settings),
    },
  })
  const scope = effectScope()
  const [first, second] = scope.run(() => host.run(() => [useSettings(), useSettings()]))!
  await flushPromises()
  await first!.change({ keepUnfinished: true } as unknown as Partial<Settings>)
  await flushPromises()
  expect(second!.settings.value).toEqual({ keepUnfinished: true })
  scope.stop()
})
