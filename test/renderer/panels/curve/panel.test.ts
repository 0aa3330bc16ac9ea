// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import CurvePanel from '../../../../src/renderer/panels/curve/Panel.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

test('curves stay on the screen when they cannot be computed again', () => {
  provideFakeHost()
  const answer = { series: [], axis: 'share', backbones: [], backboneCost: null, budgets: [1], note: '' } as const
  const question = { runs: ['a'], hidden: [], unit: 'macs', facets: null }
  const props = { answer, question, error: 'The evaluation of a is damaged.', loading: false, marker: null }
  const panel = mount(CurvePanel, { props: props as never, global: { stubs: { FigureBox: true } } })
  expect(panel.text()).toContain('The evaluation of a is damaged. What is shown was computed before that.')
  expect(panel.findComponent({ name: 'FigureBox' }).exists()).toBe(true)
  panel.unmount()
})
