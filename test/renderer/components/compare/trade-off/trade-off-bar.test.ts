// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import TradeOffBar from '../../../../../src/renderer/components/compare/trade-off/TradeOffBar.vue'
import { defaultChoice } from '../../../../../src/renderer/composables/compare/use-compare-choice.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'

test('unit of cost and reading are one choice of four', async () => {
  provideFakeHost()
  const bar = mount(TradeOffBar, {
    props: {
      task: undefined,
      overlays: [],
      shown: null,
      table: { reading: 'budgets' },
      figure: { reading: 'curve' },
      fitting: false,
      choice: { ...defaultChoice, cost: 'latency', axis: 'share' },
      query: {
        runs: ['a'],
        among: [],
        protocol: 'validation',
        rule: 'confidence',
        seedReading: 'averaged',
        budgets: [null],
        cost: 'latency',
      },
    },
    global: { stubs: { ExportMenu: true, RuleChoice: true } },
  })
  const select = bar.get<HTMLSelectElement>('select[aria-label="Cost in"]')
  const labels = select.findAll('option').map((option) => option.text())
  expect(labels).toEqual(['% of own backbone', 'multiply-adds', '% of own backbone’s latency', 'milliseconds'])
  expect(select.element.value).toBe('2')
  for (const place of ['1', '3']) await select.setValue(place)
  expect(bar.emitted('change')).toEqual([
    [{ cost: 'macs', axis: 'multiply-adds' }],
    [{ cost: 'latency', axis: 'multiply-adds' }],
  ])
})
