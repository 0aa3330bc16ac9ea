// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import EChart from '../../../src/renderer/charts/EChart.vue'

const [width, height] = [ref(300), ref(200)]
let drawn: string[]

vi.mock('@vueuse/core', () => ({ useElementSize: () => ({ width, height }) }))
vi.mock('../../../src/renderer/charts/echarts.ts', () => ({
  createChart: () => {
    let size = { width: 300, height: 200 }
    return {
      on: () => {},
      dispose: () => {},
      getWidth: () => size.width,
      getHeight: () => size.height,
      resize: (to: typeof size) => (size = to),
      setOption: ({ title }: { title: string }) => drawn.push(`${title} ${size.width} × ${size.height}`),
    }
  },
}))

enableAutoUnmount(afterEach)
beforeEach(() => {
  drawn = []
  ;[width.value, height.value] = [300, 200]
})

test('a chart is drawn once for its size, though its element tells that again', async () => {
  width.value = 0
  mount(EChart, { props: { option: { title: 'a' } as never, label: 'Chart' } })
  width.value = 300.4
  await nextTick()
  expect(drawn).toEqual(['a 300 × 200'])
})

test('a chart is drawn again for another size and for another option', async () => {
  const chart = mount(EChart, { props: { option: { title: 'a' } as never, label: 'Chart' } })
  width.value = 400
  await nextTick()
  await chart.setProps({ option: { title: 'b' } as never })
  expect(drawn).toEqual(['a 300 × 200', 'a 400 × 200', 'b 400 × 200'])
})

test('a chart that is not shown is drawn when it is', async () => {
  const chart = mount(EChart, { props: { option: { title: 'a' } as never, label: 'Chart' } })
  height.value = 0
  await chart.setProps({ option: { title: 'b' } as never })
  expect(drawn).toEqual(['a 300 × 200'])
  height.value = 200
  await nextTick()
  expect(drawn).toEqual(['a 300 × 200', 'b 300 × 200'])
})
