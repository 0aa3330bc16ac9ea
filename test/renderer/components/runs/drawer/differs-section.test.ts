// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import DiffersSection from '../../../../../src/renderer/components/runs/drawer/DiffersSection.vue'
import type { SettingDifferences } from '../../../../../src/readings/given.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runSummary } from '../../../support/run-summary.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => runSummary({ id, name: id })) as [Run, Run, Run, Run]
type Run = ReturnType<typeof runSummary>

test('says nothing of the settings of a run before they are known', async () => {
  const answers: ((answer: SettingDifferences) => void)[] = []
  provideFakeHost({ readings: { ask: () => new Promise((resolve) => answers.push(resolve as never)) } })
  const section = mount(DiffersSection, { props: { run: a, others: [b], what: 'the group' } })
  expect(section.text()).toBe('Differs from the group')

  answers[0]!({ runs: [a, b], settings: [{ path: 'seed', values: [1, 2] }], same: 8 })
  await flushPromises()
  expect(section.text()).toMatch(/0 of 9 settings\s*The same settings except for the seed\./)

  await section.setProps({ run: c, others: [d] })
  expect(section.text()).toBe('Differs from the group')
  answers[1]!({ runs: [c, d], settings: [{ path: 'training.epochs', values: [5, 7] }], same: 8 })
  await flushPromises()
  expect(section.text()).toMatch(/1 of 9 settings\s*training\.epochs\s*5\s*\(7\)/)
})
