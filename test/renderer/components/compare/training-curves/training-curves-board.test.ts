// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import TrainingCurvesBoard from '../../../../../src/renderer/boards/TrainingCurvesBoard.vue'
import { defaultChoice } from '../../../../../src/renderer/composables/compare/use-compare-choice.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { summary } from '../runs.ts'

test('what is chosen is in the address, and is shown from there', async () => {
  provideFakeHost({
    evaluations: { series: async () => [] },
    runs: { curves: async () => ({ series: [], values: new Blob([]) }) },
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: TrainingCurvesBoard }],
  })
  await router.push('/?seeds=mean')
  const props = {
    choice: defaultChoice,
    compared: { done: [summary('a', 'toy')], waiting: [], imports: [] },
    query: null,
  }
  const board = mount(TrainingCurvesBoard as object, {
    props,
    global: { plugins: [router], stubs: { ExportMenu: true, TrainingCurvesPanel: true } },
  })
  const chosen = () => board.findAll<HTMLInputElement>('input:checked').map(({ element }) => element.value)
  expect(chosen()).toEqual(['accuracy', 'validation', 'epoch', 'linear', 'mean'])
  await board.get('input[value=train]').setValue()
  await board.get('input[value=log]').setValue()
  await board.get<HTMLSelectElement>('select[aria-label=Smoothing]').setValue('1')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ seeds: 'mean', split: 'train', scale: 'log', smoothing: '0.5' })
  expect(chosen()).toEqual(['accuracy', 'train', 'epoch', 'log', 'mean'])
})
