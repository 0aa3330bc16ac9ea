// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { OwnRow } from '../../../../src/readings/budgets/schema.ts'
import Panel from '../../../../src/renderer/panels/more-seeds/Panel.vue'
import type { MoreSeedsAnswer, Outlook } from '../../../../src/readings/more-seeds/schema.ts'
import { table } from '../../../../src/readings/more-seeds/table.ts'
import { useOpenConfirmation } from '../../../../src/renderer/composables/use-confirm.ts'
import { useToastsStore } from '../../../../src/renderer/stores/toasts.ts'
import { aQuery } from '../../composables/compare/a-query.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const outlook = (first: string, second: string, needed: number | null): Outlook => ({
  ...{ experiment: 'toy', first, second, difference: 1, pairCount: 3, halfWidths: [2], decided: false, needed },
})
const answer: MoreSeedsAnswer = {
  ...{ protocol: 'validation', rule: 'confidence' },
  atBudgets: [{ budget: 0.5, pairs: [outlook('joint', 'mixed', null), outlook('joint', 'separate', 4), outlook('mixed', 'separate', 7)] }], // prettier-ignore
}
const row = (series: string) => ({ experiment: 'toy', series, runs: [`${series}-1`, `${series}-2`] }) as OwnRow

/** The panel, and what the host is asked to queue. */
async function opened() {
  const queued: unknown[] = []
  provideFakeHost({
    readings: { ask: async () => answer },
    exports: { readTable: async () => table(answer) },
    experiments: {
      moreSeeds: async (asked) => (queued.push(asked), [{ id: 'new', name: 'toy', seeds: [4, 5, 6, 7], runs: [] }]),
    },
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any*', name: 'compare', component: { render: () => null } }],
  })
  const props = { query: aQuery(), budget: 0.5, rows: ['joint', 'mixed', 'separate'].map(row) }
  const panel = mount(Panel, { props, global: { plugins: [router] } })
  await flushPromises()
  return { panel, queued, router, queue: () => panel.findAll('button').find((each) => each.text().startsWith('Queue'))! } // prettier-ignore
}

test('the seeds that an undecided pair needs are queued for its two series, once that is confirmed', async () => {
  const { panel, queued, router, queue } = await opened()
  expect(panel.findAll('option').map((option) => option.text())).toContain('mixed − separate: about 7 more seeds')
  expect(queue().text()).toBe('Queue 4 more seeds')
  await queue().trigger('click')
  expect(useOpenConfirmation().value).toMatchObject({
    title: 'Queue 4 more seeds of joint and separate?',
    action: 'Queue',
  })
  expect(useOpenConfirmation().value!.text).toContain('8 runs will be trained')
  useOpenConfirmation().value!.answer(false)
  await flushPromises()
  expect(queued).toEqual([])
  await queue().trigger('click')
  useOpenConfirmation().value!.answer(true)
  await flushPromises()
  expect(queued).toEqual([{ runs: ['joint-1', 'joint-2', 'separate-1', 'separate-2'], more: 4 }])
  const [toast] = useToastsStore().shown
  expect(toast!.text).toBe('4 more seeds of joint and separate queued: 4, 5, 6, 7.')
  toast!.action!.run()
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ runs: 'new' })
})

test('any number of seeds can be queued, also of a pair that would take too many to be decided', async () => {
  const { panel, queued, queue } = await opened()
  const options = panel.findAll('option')
  expect(options.at(-1)!.text()).toBe('joint − mixed: more than 100 more seeds')
  await panel.findAll('select').at(-1)!.setValue(options.at(-1)!.element.value)
  expect(queue().text()).toBe('Queue 1 more seed')
  await panel.get('input[type=number]').setValue('1.5')
  expect(queue().attributes('disabled')).toBeDefined()
  await panel.get('input[type=number]').setValue('2')
  await queue().trigger('click')
  useOpenConfirmation().value!.answer(true)
  await flushPromises()
  expect(queued).toEqual([{ runs: ['joint-1', 'joint-2', 'mixed-1', 'mixed-2'], more: 2 }])
})
