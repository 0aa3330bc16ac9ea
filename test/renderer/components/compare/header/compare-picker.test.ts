// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import ComparePicker from '../../../../../src/renderer/components/compare/header/ComparePicker.vue'
import { useRunsStore } from '../../../../../src/renderer/stores/runs.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { summary } from '../runs.ts'

test('a run that is left out for now is shown again, and others stay left out', async () => {
  const host = provideFakeHost()
  const runs = [1, 2, 3].map((seed) => summary(`a${seed}`, 'a', { series: 'joint', seed, position: seed }))
  for (const run of runs) host.publish({ type: 'run', run })
  const picker = mount(ComparePicker, {
    props: { compared: { done: runs, waiting: [], imports: [], unknown: [] }, hidden: ['a1', 'a2'] },
    global: { stubs: { UiPopover: { template: '<div><slot /></div>' } } },
  })
  await vi.waitUntil(() => useRunsStore().list.length === 3)
  const press = (label: string) => picker.get(`button[aria-label="${label}"]`).trigger('click')
  await press('Show runs of a')
  await press('Show joint, seed 1')
  await press('Hide joint, seed 3')
  expect(picker.emitted('hide')).toEqual([[['a2']], [['a1', 'a2', 'a3']]])
})
