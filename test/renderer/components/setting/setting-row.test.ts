// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, onTestFinished, test } from 'vitest'
import SettingRow from '../../../../src/renderer/components/setting/SettingRow.vue'
import type { Setting } from '../../../../src/renderer/components/setting/setting-schema.ts'

test('a setting that is reset has the focus in its control: the button for it goes away', async () => {
  const setting: Setting = {
    ...{ path: ['training', 'epochs'], key: 'training.epochs', name: 'Epochs', description: '' },
    ...{ default: 50, required: false, decidesSection: false, control: { kind: 'number', words: [], nullWord: null } },
  }
  const row = mount(SettingRow, { props: { setting, value: 20 }, attachTo: document.body })
  onTestFinished(() => row.unmount())
  const reset = row.get('button')
  reset.element.focus()
  await reset.trigger('click')
  expect(row.emitted('change')).toEqual([[undefined]])
  await row.setProps({ value: undefined })
  expect(document.activeElement).toBe(row.get('input').element)
})
