// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, onTestFinished, test } from 'vitest'
import { defineComponent, h, withDirectives, type PropType } from 'vue'
import { vKeepFocus } from '../../../../src/renderer/components/ui/keep-focus.ts'

interface Control {
  name: string
  disabled?: boolean
}

const Toolbar = defineComponent({
  props: { controls: { type: Array as PropType<Control[] | null>, default: null } },
  setup: (props) => () => {
    const buttons = props.controls?.map(({ name, disabled = false }) => h('button', { key: name, disabled }, name))
    return h('section', buttons && [withDirectives(h('div', buttons), [[vKeepFocus]])])
  },
})

function toolbar(focused: string, ...names: string[]) {
  const wrapper = mount(Toolbar, { props: { controls: names.map((name) => ({ name })) }, attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  wrapper.findAll('button').find((each) => each.text() === focused)!.element.focus() // prettier-ignore
  return {
    async become(controls: Control[] | null) {
      await wrapper.setProps({ controls })
      return document.activeElement!.textContent
    },
  }
}

test('the control that takes the place of the focused one has the focus', async () => {
  const { become } = toolbar('Pause', 'Open', 'Pause', 'Stop')
  expect(await become([{ name: 'Open' }, { name: 'Resume' }, { name: 'Stop' }])).toBe('Resume')
})

test('where none takes its place, the last one before it has the focus', async () => {
  const { become } = toolbar('Stop', 'Open', 'Pause', 'Stop')
  expect(await become([{ name: 'Open' }, { name: 'Pause' }])).toBe('Pause')
})

test('a control that is disabled loses the focus to the next one', async () => {
  const { become } = toolbar('Stop', 'Stop', 'Clone')
  expect(await become([{ name: 'Stop', disabled: true }, { name: 'Clone' }])).toBe('Clone')
})

test('what else has got the focus keeps it', async () => {
  const other = document.body.appendChild(document.createElement('button'))
  onTestFinished(() => other.remove())
  const { become } = toolbar('Pause', 'Open', 'Pause')
  other.focus()
  expect(await become([{ name: 'Open' }])).toBe('')
  expect(document.activeElement).toBe(other)
})

test('where no control is left, or the element goes away, what is around it has the focus', async () => {
  const screen = document.body.appendChild(document.createElement('main'))
  screen.tabIndex = -1
  onTestFinished(() => screen.remove())
  const { become } = toolbar('Pause', 'Pause')
  screen.append(document.querySelector('section')!)
  document.querySelector('button')!.focus()
  await become([])
  expect(document.activeElement).toBe(screen)
  await become([{ name: 'Resume' }])
  document.querySelector('button')!.focus()
  await become(null)
  expect(document.activeElement).toBe(screen)
})
