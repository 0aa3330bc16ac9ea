// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import ReportBoard from '../../../../../src/renderer/boards/ReportBoard.vue'
import { defaultChoice } from '../../../../../src/renderer/composables/compare/use-compare-choice.ts'
import { paragraph, tablePart, type Report } from '../../../../../src/shared/tables/report.ts'
import { textRows, textTable } from '../../../../../src/shared/tables/text-table.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'

const table = textTable({
  name: 'settings-1',
  caption: 'toy',
  heads: [{ title: 'Setting', width: 0.2 }],
  columns: [{ title: 'Values', width: 0.8 }],
  blocks: textRows([['network', 'family resnet']]),
})
const report: Report = {
  title: 'Comparison of toy',
  subtitle: '4 of 4 runs done.',
  author: 'Exitlab 1.2.3',
  createdAt: Date.UTC(2026, 0, 31),
  sections: [
    { id: 'summary', title: 'Summary', parts: [paragraph('Best at 50 %: mixed.')] },
    {
      id: 'curve',
      title: 'Accuracy against cost',
      parts: [{ kind: 'picture', title: '', caption: '', panels: [{ name: 'curve', sentence: 'It rises.' }] }],
    },
    { id: 'settings', title: 'Settings', parts: [tablePart(table)] },
  ],
}
const query = {
  runs: ['r1'],
  among: ['r1'],
  protocol: 'validation',
  rule: 'confidence',
  seedReading: 'averaged',
  budgets: [0.5],
  cost: 'macs',
} as const
const compared = {
  done: [{ id: 'r1', experiment: 'toy', status: 'done' }],
  waiting: [{ id: 'r2', status: 'running' }],
  imports: [],
}

async function board(
  topics = async () => [
    { name: 'curve', title: 'Accuracy against cost' },
    { name: 'budgets', title: 'Budgets' },
  ],
) {
  const asked: unknown[] = []
  provideFakeHost({
    reports: {
      topics,
      read: async (question: unknown) => {
        asked.push(question)
        return { report, figures: [{ name: 'curve', svg: '<svg/>' }] }
      },
    },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: ReportBoard }] })
  const wrapper = mount(ReportBoard, {
    global: { plugins: [router] },
    props: { choice: defaultChoice, compared, query } as never,
  })
  await flushPromises()
  return { wrapper, asked }
}

test('shows the report section by section, all that applies where nothing is left out, its drawings described by their sentences', async () => {
  const { wrapper, asked } = await board()
  // Those without a result, too.
  expect(asked).toEqual([{ ...query, runs: ['r1', 'r2'], readings: [], budget: 0.5 }])
  expect(wrapper.find('h2').text()).toBe('Comparison of toy')
  expect(wrapper.findAll('article section h3').map((each) => each.text())).toEqual([
    ...['Summary', 'Accuracy against cost', 'Settings'],
  ])
  expect(wrapper.find('img').attributes()).toMatchObject({ alt: 'It rises.', src: 'data:image/svg+xml,%3Csvg%2F%3E' })
  expect(wrapper.find('article table tbody').text()).toContain('family resnet')
})

test('a part that is not chosen is not asked for', async () => {
  const { wrapper, asked } = await board()
  await wrapper.findAll('input[type=checkbox]')[0]!.setValue(false)
  await flushPromises()
  expect(asked.at(-1)).toMatchObject({ readings: ['budgets'] })
})

test('is made anew where a run gets its result, not with every epoch', async () => {
  const { wrapper, asked } = await board()
  const [done, waiting] = [[...compared.done], compared.waiting.map((run) => ({ ...run }))]
  await wrapper.setProps({ compared: { ...compared, done, waiting } } as never)
  await flushPromises()
  expect(asked).toHaveLength(1)
  const whole = { done: [...done, { id: 'r2', experiment: 'toy', status: 'done' }], waiting: [], imports: [] }
  await wrapper.setProps({ compared: whole } as never)
  await flushPromises()
  expect(asked).toHaveLength(2)
})

test('without any part there is nothing to save', async () => {
  const { wrapper } = await board()
  for (const box of wrapper.findAll('input[type=checkbox]')) {
    await box.setValue(false)
    await flushPromises()
  }
  expect(wrapper.text()).toContain('Choose what the report has.')
  const save = wrapper.findAll('button').find((button) => button.text().includes('Save report'))!
  expect(save.attributes('disabled')).toBeDefined()
})

test('says that nothing is chosen only where parts are known', async () => {
  const topics = Promise.withResolvers<never>()
  const { wrapper } = await board(() => topics.promise)
  expect(wrapper.text()).not.toContain('Nothing chosen')
  topics.reject(new Error('the host is busy'))
  await flushPromises()
  expect(wrapper.text()).toContain('the host is busy')
  expect(wrapper.text()).not.toContain('Nothing chosen')
})
