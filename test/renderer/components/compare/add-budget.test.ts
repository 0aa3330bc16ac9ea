// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import AddBudget from '../../../../src/renderer/components/compare/AddBudget.vue'

afterEach(() => (document.body.innerHTML = ''))

async function opened(budgets: (number | null)[]) {
  const wrapper = mount(AddBudget, { props: { budgets }, attachTo: document.body })
  await wrapper.get('button').trigger('click')
  await flushPromises()
  const form = document.querySelector('form')!
  const input = form.querySelector('input')!
  async function submit(text: string): Promise<void> {
    input.value = text
    input.dispatchEvent(new Event('input'))
    await flushPromises()
    form.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
  }
  return { wrapper, form, submit }
}

describe('a new budget', () => {
  it('is given as a fraction', async () => {
    const { wrapper, submit } = await opened([0.25, null])
    await submit('37.5')
    expect(wrapper.emitted('add')).toEqual([[0.375]])
    expect(document.querySelector('form')).toBeNull()
  })

  it.each([
    ['many', /Expected a percentage above 0/],
    ['25', /already in the table/],
  ])('is refused where it is %s, with why at the field', async (text, why) => {
    const { wrapper, form, submit } = await opened([0.25, null])
    await submit(text)
    expect(wrapper.emitted('add')).toBeUndefined()
    expect(form.textContent).toMatch(why)
    expect(form.querySelector('input')!.getAttribute('aria-invalid')).toBe('true')
  })

  it('that was not added is forgotten when the next one is asked for', async () => {
    const { wrapper, submit } = await opened([0.25, null])
    await submit('many')
    for (let time = 0; time < 2; time++) {
      await wrapper.get('button').trigger('click')
      await flushPromises()
    }
    expect(document.querySelector('form input')!.getAttribute('aria-invalid')).toBeNull()
    expect(document.querySelector<HTMLInputElement>('form input')!.value).toBe('')
  })

  it('can be Unlimited where it is not there yet', async () => {
    const { wrapper, form } = await opened([0.25])
    const unlimited = [...form.querySelectorAll('button')].find(({ textContent }) =>
      textContent!.includes('Unlimited'),
    )!
    unlimited.click()
    expect(wrapper.emitted('add')).toEqual([[null]])
  })

  it('is not Unlimited twice', async () => {
    expect((await opened([null])).form.textContent).not.toContain('Unlimited')
  })
})
