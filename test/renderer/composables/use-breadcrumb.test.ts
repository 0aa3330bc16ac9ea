// @vitest-environment happy-dom
import { effectScope, nextTick, ref } from 'vue'
import { expect, test } from 'vitest'
import { useBreadcrumb, useShownBreadcrumb } from '../../../src/renderer/composables/use-breadcrumb.ts'

test('of two pages, one of which replaces the other, the later one sets the breadcrumb', async () => {
  const [first, second] = [effectScope(), effectScope()]
  const name = ref('a run')
  first.run(() => useBreadcrumb(() => [{ label: 'Runs' }, { label: name.value }]))
  expect(document.title).toBe('a run – Runs – Exitlab')
  name.value = 'another run'
  await nextTick()
  expect(document.title).toBe('another run – Runs – Exitlab')
  second.run(() => useBreadcrumb(() => [{ label: 'Settings' }]))
  name.value = 'a third run'
  await nextTick()
  first.stop()
  await nextTick()
  expect(document.title).toBe('Settings – Exitlab')
  expect(useShownBreadcrumb().value).toEqual([{ label: 'Settings' }])
  second.stop()
  expect(useShownBreadcrumb().value).toEqual([])
})
