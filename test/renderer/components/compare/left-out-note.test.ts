// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { expect, test } from 'vitest'
import CaveatNote from '../../../../src/renderer/components/domain/CaveatNote.vue'
import LeftOutNote from '../../../../src/renderer/components/compare/LeftOutNote.vue'
import { summary } from './runs.ts'

const shown = (compared: { done?: ReturnType<typeof summary>[]; waiting?: ReturnType<typeof summary>[] }) =>
  mount(LeftOutNote, {
    props: { compared: { done: [], waiting: [], imports: [], unknown: [], ...compared } },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })

const joint = (seed: number, changes: Parameters<typeof summary>[2] = {}) =>
  summary(`r${seed}`, 'sweep', { regime: 'joint', series: 'joint', seed, ...changes })

test('runs without a result are said above a comparison, as a warning where some failed', () => {
  const failed = shown({ done: [joint(1)], waiting: [joint(2, { status: 'failed' }), joint(3, { status: 'running' })] })
  expect(failed.text()).toBe(
    '2 of 3 runs are left out: 1 failed (joint: seed 2), 1 running (joint: seed 3). Go to runs',
  )
  expect(failed.findComponent(CaveatNote).props('warning')).toBe(true)
  const running = shown({ done: [joint(1)], waiting: [joint(3, { status: 'running' })] })
  expect(running.findComponent(CaveatNote).props('warning')).toBe(false)
})

test('nothing is said where every run has a result', () => {
  expect(shown({ done: [joint(1)] }).text()).toBe('')
})
