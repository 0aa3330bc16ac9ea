// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { computed, ref, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useWhatIfAddress } from '../../../../src/renderer/panels/what-if/use-what-if-address.ts'
import type { SeriesOf, WhatIf } from '../../../../src/renderer/panels/what-if/use-what-if.ts'

/** What is tried at an address, of a network with three exits. */
async function tried(query: string) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })
  await router.push(`/${query}`)
  const wanted = shallowRef<SeriesOf>({ experiment: 'a', series: 'mixed' })
  const moved = ref([0.7, 0.7])
  const whatIf = {
    chosen: computed(() => wanted.value),
    choose: (regime: SeriesOf) => (wanted.value = regime),
    range: shallowRef<{ low: number; high: number; step: number } | null>(null),
    mode: ref<'one' | 'each'>('one'),
    threshold: ref(0.7),
    thresholds: moved,
    setThreshold: (exit: number, value: number) => (moved.value = moved.value.with(exit, value)),
  }
  const setup = () => {
    useWhatIfAddress(whatIf as unknown as WhatIf)
    return () => null
  }
  const wrapper = mount({ setup }, { global: { plugins: [router] } })
  onTestFinished(() => wrapper.unmount())
  whatIf.range.value = { low: 0, high: 1, step: 0.01 }
  await wrapper.vm.$nextTick()
  return { whatIf, wanted, address: () => router.currentRoute.value.query }
}

describe('the address of a what-if', () => {
  it('holds the regime and the threshold that are tried', async () => {
    const { whatIf, address } = await tried('?rule=entropy')
    whatIf.choose({ experiment: 'b/c', series: 'joint' })
    whatIf.threshold.value = 0.81
    await vi.waitUntil(() => address()['threshold'] === '0.81')
    expect(address()).toEqual({ rule: 'entropy', try: 'joint/b/c', threshold: '0.81' })
    whatIf.threshold.value = 0.7
    await vi.waitUntil(() => address()['threshold'] === undefined)
  })

  it('gives them back, one threshold or one for each exit', async () => {
    const one = await tried('?try=joint/b/c&threshold=0.811')
    expect(one.wanted.value).toEqual({ experiment: 'b/c', series: 'joint' })
    expect([one.whatIf.mode.value, one.whatIf.threshold.value]).toEqual(['one', 0.81])
    const each = await tried('?try=joint/a&threshold=0.9,0.4')
    expect([each.whatIf.mode.value, each.whatIf.thresholds.value]).toEqual(['each', [0.9, 0.4]])
  })

  it('ignores what is no number', async () => {
    const { whatIf } = await tried('?threshold=much')
    expect(whatIf.threshold.value).toBe(0.7)
  })
})
