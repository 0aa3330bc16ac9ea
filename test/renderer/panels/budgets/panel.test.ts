// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import Panel from '../../../../src/renderer/panels/budgets/Panel.vue'
import type { BudgetRow, BudgetsAnswer } from '../../../../src/readings/budgets/schema.ts'
import UiSelect from '../../../../src/renderer/components/ui/UiSelect.vue'
import { defaultChoice } from '../../../../src/renderer/composables/compare/use-compare-choice.ts'
import { aQuery } from '../../composables/compare/a-query.ts'

const row = (series: string): BudgetRow => ({
  ...{ experiment: 'toy', regime: series, series, look: null, seeds: [1], runs: [series], backboneCost: 100 },
  ...{ cells: [null, null], seedCells: [[null, null]] },
})

function shown(...series: string[]) {
  const answer: BudgetsAnswer = {
    ...{ protocol: 'validation', rule: 'confidence', budgets: [0.5, null], rows: series.map(row) },
    marks: { against: 'joint', atBudgets: [] },
  }
  const question = { ...aQuery(), marked: true, against: null, published: null, eachSeed: false, unit: 'macs' } as const
  return mount(Panel, {
    props: { answer, loading: false, question, choice: defaultChoice, selected: null },
    global: { stubs: { ReadingTable: { template: '<div><slot name="actions" /></div>' }, AddBudget: true } },
  })
}

test('series are tested against the best of each budget, or one of them that is chosen where there are several', async () => {
  const panel = shown('joint', 'mixed')
  const select = panel.getComponent(UiSelect)
  expect(select.get('select').element.selectedIndex).toBe(1)
  expect(select.findAll('option').map((each) => each.text())).toEqual(['the best of each budget', 'joint', 'mixed'])
  await select.findAll('option')[2]!.setValue()
  await select.findAll('option')[0]!.setValue()
  expect(panel.emitted('change')).toEqual([[{ against: 'mixed' }], [{ against: null }]])
  expect(shown('joint').findComponent(UiSelect).exists()).toBe(false)
})
