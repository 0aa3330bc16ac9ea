// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

const retry = vi.fn(async () => {})
vi.mock('../../../../../src/renderer/stores/runs.ts', () => ({ useRunsStore: () => ({ retry }) }))
const { default: ComparisonRefused } =
  await import('../../../../../src/renderer/components/compare/states/ComparisonRefused.vue')
const { summary } = await import('../runs.ts')

beforeEach(() => setActivePinia(createPinia()))

function refused(damaged: string[]) {
  const compared = { done: [summary('r-aaa', 'a'), summary('r-bbb', 'a')], waiting: [], imports: [], unknown: [] }
  const wrapper = mount(ComparisonRefused, {
    props: { error: 'These evaluations are damaged.', damaged, compared },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })
  return { wrapper, button: (text: string) => wrapper.findAll('button').find((each) => each.text() === text) }
}

describe('a comparison that was refused', () => {
  it('offers to evaluate again or leave out exactly the runs that are damaged', async () => {
    const { wrapper, button } = refused(['r-bbb'])
    await button('Evaluate it again')!.trigger('click')
    expect(retry).toHaveBeenCalledWith(['r-bbb'])
    await button('Leave it out')!.trigger('click')
    expect(wrapper.emitted('leaveOut')).toEqual([[['r-bbb']]])
    expect(button('Try again')).toBeUndefined()
  })

  it('leaves none out where all are damaged', () => {
    const { button } = refused(['r-aaa', 'r-bbb'])
    expect(button('Evaluate them again')).toBeDefined()
    expect(button('Leave them out')).toBeUndefined()
  })

  it('can be requested again where something else was wrong', async () => {
    const { wrapper, button } = refused([])
    await button('Try again')!.trigger('click')
    expect(wrapper.emitted('again')).toHaveLength(1)
  })
})
