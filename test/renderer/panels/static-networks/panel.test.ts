// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { CostCurveSeries, CurveAnswer } from '../../../../src/readings/curve/schema.ts'
import Panel from '../../../../src/renderer/panels/static-networks/Panel.vue'
import ReadingTable from '../../../../src/renderer/components/compare/ReadingTable.vue'
import { aQuery } from '../../composables/compare/a-query.ts'

const point = { cost: 1, mean: 80, std: null }
const series = (exitCount: number, changes: Partial<CostCurveSeries> = {}): CostCurveSeries => ({
  ...{ experiment: 'toy', regime: 'mine', series: 'mine', look: null, name: 'mine', backboneCost: 100 },
  ...{ runs: ['a'], seedCount: 1, curve: [point], seeds: [], exits: Array.from({ length: exitCount }, () => point) },
  ...changes,
})
const curves = (all: CostCurveSeries[], backboneOf: string[] = []): CurveAnswer => ({
  ...{ axis: 'share', series: all, backboneCost: 100, budgets: [], note: '' },
  backbones: backboneOf.map((experiment) => ({ ...point, experiment, name: 'bare backbone' })),
})
const imported = { imported: { by: 'a.csv' } as unknown as CostCurveSeries['imported'], experiment: 'theirs' }

test.each<[string, boolean, CurveAnswer | null]>([
  ['a network without exits beside one with', true, curves([series(3), series(1)])],
  ['a bare backbone, whatever its regime is called', true, curves([series(3)], ['toy'])],
  ['networks with exits alone', false, curves([series(3)])],
  ['networks without exits alone', false, curves([series(1)], ['toy'])],
  ['the bare backbone of an import alone', false, curves([series(3), series(3, imported)], ['theirs'])],
  ['what is not known yet', false, null],
])('of %s it is shown: %s', (_, isShown, answer) => {
  const props = { query: aQuery(), curves: answer }
  const panel = mount(Panel, { props, global: { stubs: { ReadingTable: true } } })
  expect(panel.findComponent(ReadingTable).exists()).toBe(isShown)
})
