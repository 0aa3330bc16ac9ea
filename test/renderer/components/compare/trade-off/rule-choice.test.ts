// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import RuleChoice from '../../../../../src/renderer/components/compare/trade-off/RuleChoice.vue'
import { exitRuleChoices } from '../../../../../src/engine/exits/index.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'

beforeEach(() => {
  provideFakeHost({ evaluations: { rules: async ({ exits, task }) => exitRuleChoices(exits, { task }) } })
})

async function chosen(rule: string) {
  const choice = mount(RuleChoice, { props: { rule, task: 'regression' } })
  await flushPromises()
  return choice
}

test('a rule with parameters has a field for each, with the value that it has', async () => {
  expect((await chosen('static')).find('input').exists()).toBe(false)
  expect((await chosen('difference')).get('input').element.value).toBe('1')
  expect((await chosen('difference:patience=3')).get('input').element.value).toBe('3')
})

test('a valid value is taken, and the default one is not written', async () => {
  const choice = await chosen('difference:patience=3')
  for (const typed of ['2', '0', '2.5', '', '1']) await choice.get('input').setValue(typed)
  expect(choice.emitted('change')).toEqual([['difference:patience=2'], ['difference']])
})

test('a rule that the host does not know, or cannot describe, is shown by its name', async () => {
  const shown = (choice: Awaited<ReturnType<typeof chosen>>) => choice.get('select').element.selectedOptions[0]!.text
  expect(shown(await chosen('of-an-extension'))).toBe('of-an-extension')
  provideFakeHost({ evaluations: { rules: () => Promise.reject(new Error('the host is away')) } })
  expect(shown(await chosen('difference'))).toBe('difference')
})
