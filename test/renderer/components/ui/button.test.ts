// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, onTestFinished, test, vi } from 'vitest'
import UiButton from '../../../../src/renderer/components/ui/UiButton.vue'

test('a busy button keeps the focus, says that it is busy, and does nothing', async () => {
  const onClick = vi.fn()
  const wrapper = mount(UiButton, { props: { label: 'Retry' }, attrs: { onClick }, attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  wrapper.get('button').element.focus()
  await wrapper.setProps({ busy: true })
  await wrapper.get('button').trigger('click')
  expect(onClick).not.toHaveBeenCalled()
  expect(wrapper.get('button').attributes()).toMatchObject({ 'aria-busy': 'true', 'aria-disabled': 'true' })
  expect(wrapper.get('button').attributes('disabled')).toBeUndefined()
  expect(document.activeElement).toBe(wrapper.get('button').element)
  await wrapper.setProps({ busy: false })
  await wrapper.get('button').trigger('click')
  expect(onClick).toHaveBeenCalledOnce()
})
