// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { BestAnswer } from '../../../../src/readings/best/schema.ts'
import Panel from '../../../../src/renderer/panels/best/Panel.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

const answer = (budget: number | null, mean: number): BestAnswer => ({
  rule: 'confidence',
  atBudgets: [
    {
      budget,
      withoutThreshold: [],
      ranking: [
        {
          ...{ experiment: 'toy', regime: 'joint', series: 'joint', look: null, seedCount: 3, isCandidate: true },
          ...{ validation: { mean: 80, std: 1 }, behind: null, test: { mean, std: 1 } },
        },
      ],
    },
  ],
})

test('the decision at the chosen budget stands as a sentence, and is asked again for another', async () => {
  const asked: unknown[] = []
  provideFakeHost({
    readings: {
      ask: async ({ question }) => {
        const [budget] = question!['budgets'] as (number | null)[]
        asked.push(budget)
        return answer(budget!, budget === 0.5 ? 79.25 : 81)
      },
    },
  })
  const query = {
    runs: ['a'],
    among: [],
    protocol: 'validation',
    rule: '',
    seedReading: 'averaged',
    budgets: [0.5, null],
    cost: 'macs',
  } as const
  const panel = mount(Panel, {
    props: { query: { ...query, runs: ['a'], among: [], budgets: [0.5, null] }, budget: 0.5 },
  })
  await flushPromises()
  expect(panel.get('p').text()).toContain('joint, accuracy 79.25 ± 1.00 % on test samples')
  await panel.setProps({ budget: null })
  await flushPromises()
  expect(panel.get('p').text()).toBe(
    'Best without a budget, chosen on validation samples: joint, accuracy 81.00 ± 1.00 % on test samples (3 seeds).',
  )
  expect(asked).toEqual([0.5, null])
})

test('until another budget is answered the sentence is that of the one before, and a refusal is told', async () => {
  const later = Promise.withResolvers<BestAnswer>()
  provideFakeHost({
    readings: {
      ask: ({ question }) => {
        const [budget] = question!['budgets'] as (number | null)[]
        return budget === 0.5 ? Promise.resolve(answer(0.5, 79.25)) : later.promise
      },
    },
  })
  const query = { runs: ['a'], among: [], protocol: 'validation', rule: '', seedReading: 'averaged', cost: 'macs' } as const // prettier-ignore
  const panel = mount(Panel, {
    props: { query: { ...query, runs: ['a'], among: [], budgets: [0.5, 0.25] }, budget: 0.5 as number | null },
  })
  await flushPromises()
  await panel.setProps({ budget: 0.25 })
  await flushPromises()
  expect(panel.text()).toContain('Best at 50')
  expect(panel.get('p').attributes('aria-busy')).toBe('true')
  later.reject(new Error('the evaluation of a is damaged'))
  await flushPromises()
  expect(panel.text()).toBe('the evaluation of a is damaged')
})
