// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import UiField from '../../../../src/renderer/components/ui/UiField.vue'
import UiInput from '../../../../src/renderer/components/ui/UiInput.vue'
import UiCheckbox from '../../../../src/renderer/components/ui/UiCheckbox.vue'
import UiSegment from '../../../../src/renderer/components/ui/UiSegment.vue'
import UiSwitch from '../../../../src/renderer/components/ui/UiSwitch.vue'
import UiSelect from '../../../../src/renderer/components/ui/UiSelect.vue'

describe('a field', () => {
  it('names its control, describes it and shows its error', () => {
    const field = mount(UiField, {
      props: { label: 'Learning rate', hint: 'per step', error: 'must be positive' },
      slots: { default: () => h(UiInput, { modelValue: 0, type: 'number' }) },
    })
    const input = field.get('input')
    const described = input
      .attributes('aria-describedby')!
      .split(' ')
      .map((id) => field.get(`#${id}`).text())
    expect(field.get('label').attributes('for')).toBe(input.attributes('id'))
    expect(described).toEqual(['per step', 'must be positive'])
    expect(input.attributes('aria-invalid')).toBe('true')
  })
})

describe('a number', () => {
  it('is null while the text is empty or no number', async () => {
    const input = mount(UiInput, { props: { modelValue: 3, type: 'number', label: 'Epochs' } })
    await input.get('input').setValue('12.5')
    await input.get('input').setValue('')
    expect(input.emitted('update:modelValue')).toEqual([[12.5], [null]])
  })
})

describe('a choice', () => {
  it('returns the offered value itself, whatever its type', async () => {
    const options = [
      { value: null, label: 'Unlimited' },
      { value: 0.25, label: '25 %' },
    ]
    const select = mount(UiSelect, { props: { modelValue: null as number | null, options, label: 'Budget' } })
    expect(select.get('select').element.selectedOptions[0]!.textContent).toBe('Unlimited')
    await select.get('select').setValue('1')
    expect(select.emitted('update:modelValue')).toEqual([[0.25]])
  })
})

describe('a choice that is not taken', () => {
  const options = ['validation', 'test'].map((value) => ({ value, label: value }))
  /** Of a parent that takes nothing. */
  const refused = { 'onUpdate:modelValue': () => {} }

  it('leaves the segment that holds chosen, until the other one holds', async () => {
    const segment = mount(UiSegment, { props: { modelValue: 'validation', options, label: 'Read on', ...refused } })
    const inputs = segment.findAll('input')
    await inputs[1]!.setValue(true)
    await flushPromises()
    expect(segment.emitted('update:modelValue')).toEqual([['test']])
    expect(inputs.map(({ element }) => element.checked)).toEqual([true, false])
    await segment.setProps({ modelValue: 'test' })
    expect(inputs.map(({ element }) => element.checked)).toEqual([false, true])
  })

  it('leaves the option that holds chosen, until the other one holds', async () => {
    const select = mount(UiSelect, { props: { modelValue: 'validation', options, label: 'Read on', ...refused } })
    const { element } = select.get('select')
    await select.get('select').setValue('1')
    await flushPromises()
    expect(select.emitted('update:modelValue')).toEqual([['test']])
    expect(element.selectedOptions[0]!.textContent).toBe('validation')
    await select.setProps({ modelValue: 'test' })
    expect(element.selectedOptions[0]!.textContent).toBe('test')
  })

  it.each([UiCheckbox, UiSwitch])('leaves a box as it is', async (component) => {
    const box = mount(component as typeof UiSwitch, {
      props: { modelValue: true, label: 'Notify', ...refused },
    })
    await box.get('input').setValue(false)
    await flushPromises()
    expect(box.emitted('update:modelValue')).toEqual([[false]])
    expect(box.get('input').element.checked).toBe(true)
    await box.setProps({ modelValue: false })
    expect(box.get('input').element.checked).toBe(false)
  })
})
