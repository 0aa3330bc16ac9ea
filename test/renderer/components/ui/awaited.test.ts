// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiAwaited from '../../../../src/renderer/components/ui/UiAwaited.vue'

test('what is awaited has lines in its place, then why it cannot be read, and stays once it was read', async () => {
  const wrapper = mount(UiAwaited<string>, {
    props: { data: null, error: null, lines: 2 },
    attrs: { class: 'p-12' },
    slots: { default: ({ data }: { data: string }) => data },
  })
  expect(wrapper.get('[aria-busy=true]').classes()).toContain('p-12')
  await wrapper.setProps({ error: 'the disk is away' })
  expect(wrapper.text()).toBe('the disk is away')
  expect(wrapper.find('[aria-busy=true]').exists()).toBe(false)
  await wrapper.setProps({ data: 'known', error: null })
  expect(wrapper.text()).toBe('known')
  await wrapper.setProps({ error: 'the disk is away again' })
  expect(wrapper.get('[role=alert]').text()).toBe('the disk is away again')
  expect(wrapper.text()).toContain('known')
})
