// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiSlider from '../../../../src/renderer/components/ui/UiSlider.vue'

test('a value beyond the ends before stands where it is between new ones', async () => {
  const props = { label: 'Threshold', min: 0, max: 1, step: 1, text: '', modelValue: 1 }
  const slider = mount(UiSlider, { props })
  await slider.setProps({ max: 5, modelValue: 4 })
  expect(slider.get('input').element.value).toBe('4')
})
