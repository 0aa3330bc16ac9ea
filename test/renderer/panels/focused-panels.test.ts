// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import type { CustomSeriesOption, EChartsOption, ScatterSeriesOption } from 'echarts'
import { expect, test } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { FigureFrame } from '../../../src/figures/plot.ts'
import { figureColours } from '../../../src/figures/theme.ts'
import OptimismPanel from '../../../src/renderer/panels/optimism/Panel.vue'
import type { OptimismAnswer } from '../../../src/readings/optimism/schema.ts'
import HeatmapPanel from '../../../src/renderer/panels/settings-heatmap/Panel.vue'
import type { SettingsHeatmapAnswer } from '../../../src/readings/settings-heatmap/schema.ts'
import FigureCard from '../../../src/renderer/components/domain/FigureCard.vue'
import { provideSeriesFocus, type SeriesFocus } from '../../../src/renderer/composables/compare/use-series-focus.ts'
import { provideFakeHost } from '../support/fake-host.ts'

const query = { runs: ['a'], among: [], protocol: 'validation', rule: '', seedReading: 'averaged', budgets: [0.5], cost: 'macs' } as const // prettier-ignore

/** A panel among others that highlight series; its figure is not drawn, but asked for. */
async function opened(panel: Component, answer: object) {
  provideFakeHost({ readings: { ask: async () => answer } })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: panel }] })
  let focus!: SeriesFocus
  const Screen = defineComponent({
    setup() {
      focus = provideSeriesFocus(() => [])
      return () => h(panel, { query, budget: 0.5 })
    },
  })
  const screen = mount(Screen, { global: { plugins: [router], stubs: { FigureCard: true } } })
  await flushPromises()
  const card = () => screen.getComponent(FigureCard)
  return {
    focus,
    drawn: () => (card().props('option') as (frame: FigureFrame) => EChartsOption)({ width: 400, height: 300, theme: 'light' }), // prettier-ignore
    hover: (mark: object | null) => card().vm.$emit('hover', mark),
  }
}

/** Places of the cells of a heat map with a ring in the colour of what is highlighted. */
function ringed(option: EChartsOption): number[] {
  const [{ data, renderItem }] = option.series as [CustomSeriesOption]
  return (data as unknown[]).flatMap((_, dataIndex) => {
    const { children } = (renderItem as (of: object) => object)({ dataIndex }) as { children: { style: { stroke?: string } }[] } // prettier-ignore
    return children.some(({ style }) => style.stroke === figureColours.light.accent) ? [dataIndex] : []
  })
}

/** Regimes by learning rates, with so many series in each cell. */
function heatmap(perCell: number): SettingsHeatmapAnswer {
  const rows = { path: 'regime', name: 'regime', levels: ['joint', 'mixed'] }
  const columns = { path: 'training.learningRate', name: 'learning rate', levels: ['0.001', '0.01', '0.1'] }
  const cells = rows.levels.map((regime, row) =>
    columns.levels.map((rate, column) => {
      const series = ['', ', head conv'].slice(0, perCell).map((head) => `${regime} · learning rate ${rate}${head}`)
      return { mean: 50 + 10 * row + column, std: 1, seriesCount: perCell, series }
    }),
  )
  return { protocol: 'validation', rule: 'confidence', budget: 0.5, factors: [rows, columns], experiment: 'sweep', rows, columns, cells, best: [1, 2] } // prettier-ignore
}

test('the cell of a highlighted series is marked in the heat map of two settings', async () => {
  const { drawn, hover, focus } = await opened(HeatmapPanel, heatmap(2))
  expect(ringed(drawn())).toEqual([])
  focus.point({ series: 'mixed · learning rate 0.1, head conv' })
  await flushPromises()
  expect(ringed(drawn())).toEqual([5])
  // A cell of two heads is of no series alone.
  hover({ dataIndex: 0 })
  await flushPromises()
  expect([focus.pointed.value, ringed(drawn())]).toEqual([null, []])
})

test('a cell of one series highlights it in the other panels', async () => {
  const { drawn, hover, focus } = await opened(HeatmapPanel, heatmap(1))
  hover({ dataIndex: 4 })
  await flushPromises()
  expect(focus.pointed.value).toEqual({ experiment: 'sweep', series: 'mixed · learning rate 0.01' })
  expect(ringed(drawn())).toEqual([4])
  hover(null)
  await flushPromises()
  expect(ringed(drawn())).toEqual([])
})

test('other series fade in the optimism gap, and one under the pointer there is highlighted', async () => {
  const row = (series: string) => ({ experiment: 'toy', regime: series, series, look: null, seedCount: 3, gaps: [{ mean: 0.3, std: 0.1 }] }) // prettier-ignore
  const answer: OptimismAnswer = { rule: 'confidence', budgets: [0.5], rows: ['joint', 'mixed'].map(row) }
  const { drawn, hover, focus } = await opened(OptimismPanel, answer)
  const opacities = () =>
    (drawn().series as ScatterSeriesOption[])
      .filter(({ type }) => type === 'scatter')
      .map(({ name, itemStyle }) => [name, (itemStyle!.opacity as number) < 1 ? 'faded' : 'full'])
  expect(opacities()).toEqual([['joint', 'full'], ['mixed', 'full']]) // prettier-ignore
  focus.point({ experiment: 'toy', series: 'mixed' })
  expect(opacities()).toEqual([['joint', 'faded'], ['mixed', 'full']]) // prettier-ignore
  hover({ seriesName: 'joint' })
  expect(focus.pointed.value).toMatchObject({ experiment: 'toy', series: 'joint' })
  expect(opacities()).toEqual([['joint', 'full'], ['mixed', 'faded']]) // prettier-ignore
})
