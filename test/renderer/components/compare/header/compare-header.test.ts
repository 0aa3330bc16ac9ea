// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { TabsRoot } from 'reka-ui'
import { expect, test } from 'vitest'
import { h } from 'vue'
import CompareHeader from '../../../../../src/renderer/components/compare/header/CompareHeader.vue'
import type { ComparedRuns } from '../../../../../src/renderer/composables/compare/use-compared-runs.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { importedResult, summary } from '../runs.ts'

function counts(compared: Partial<ComparedRuns>): string {
  provideFakeHost()
  const all = { done: [], waiting: [], imports: [], unknown: [], ...compared }
  const header = mount(TabsRoot, {
    slots: { default: () => h(CompareHeader, { compared: all, hidden: [], tabs: [] }) },
    global: { stubs: { ComparePicker: true, AnalyseMenu: true } },
  })
  return header.get('.counts').text()
}

test('runs, regimes or series, and imported results are counted', () => {
  const swept = { series: 'joint · learning rate 0.01' }
  expect(counts({ done: [summary('a', 'x'), summary('b', 'y')] })).toBe('2 runs, 1 regime')
  expect(counts({ done: [summary('a', 'x', swept), summary('b', 'y', swept)] })).toBe('2 runs, 2 series')
  expect(counts({ done: [summary('a', 'x')], imports: [importedResult()] })).toBe('1 run, 1 regime, 1 imported result')
  expect(counts({ imports: [importedResult(), importedResult({ id: 'i2' })] })).toBe('2 imported results')
})
