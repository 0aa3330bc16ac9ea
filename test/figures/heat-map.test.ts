import type { CustomSeriesOption } from 'echarts'
import { describe, expect, it } from 'vitest'
import { heatMapOption, heatMapParts } from '../../src/figures/heat-map.ts'
import type { HeatMapData } from '../../src/figures/heat-map-layout.ts'
import { textWidth, type FigureFrame } from '../../src/figures/plot.ts'
import { viridisStep } from '../../src/figures/colour-steps.ts'

const frame: FigureFrame = { width: 400, height: 200, theme: 'light' }
const scale = { title: 'loss (nats)', low: 0, high: 2, clipped: true, decimals: 1 }
const path: HeatMapData = {
  ...scale,
  rows: ['exit 0', 'final', 'mean'],
  columns: { values: [0, 0.5, 1], low: 0, high: 1, ticks: [{ at: 0.5, text: '0.5' }] },
  values: [
    [0, 3, 1],
    [0, null, 1],
    [0, 2, 1],
  ],
  strong: { rows: [2] },
}

interface Rect {
  shape: { x: number; y: number; width: number; height: number }
  style: { fill: string }
}
interface Text {
  style: { text: string; font: string }
  x: number
  y: number
  rotation?: number
}

/** Rectangles and printed values as they are drawn, row after row. */
function drawn(data: HeatMapData) {
  const option = heatMapOption(data, frame)
  const [series] = option.series as CustomSeriesOption[]
  const groups = (series!.data as unknown[]).map((_, dataIndex) => {
    const render = series!.renderItem as unknown as (params: object) => { children: (Rect | Text)[] }
    return render({ dataIndex }).children
  })
  const graphic = option.graphic as Partial<Text>[]
  return {
    data: series!.data,
    rects: groups.map(([rect]) => rect as Rect),
    printed: groups.flatMap(([, text]) => (text ? [(text as Text).style.text] : [])),
    texts: graphic.flatMap(({ style }) => style?.text ?? []),
    labels: graphic as Text[],
  }
}

describe('a heat map', () => {
  it('writes fewer labels where its columns are too narrow for all', () => {
    const labels = Array.from({ length: 40 }, (_, index) => ({ label: `c${index}` }))
    const { texts } = drawn({ ...path, columns: labels, values: path.rows.map(() => labels.map(() => 1)) })
    const shown = texts.filter((text) => text.startsWith('c'))
    expect(shown.length).toBeLessThan(40)
    expect(shown).toContain('c0')
    expect(shown.join()).not.toContain('…')
  })

  it('stands labels that are wider than their columns upright, whole, where that is wanted', () => {
    const columns = ['trouser', 'ankle boot', 'T-shirt/top', 'pullover', 'sandal', 'sneaker', 'dress', 'shirt'].map(
      (label) => ({ label }),
    )
    const wanted = { ...path, columns, values: path.rows.map(() => columns.map(() => 1)), mayStandUpright: true }
    const { labels, rects } = drawn(wanted)
    const found = labels.filter(({ style }) => columns.some(({ label }) => label === style?.text))
    expect(found.map(({ style }) => style.text)).toEqual(columns.map(({ label }) => label))
    expect(found.map(({ rotation }) => rotation)).toEqual(columns.map(() => Math.PI / 2))
    // Above the cells, each in the middle of its column.
    found.forEach(({ x, y }, column) => {
      const { shape } = rects[column]!
      expect(x).toBeCloseTo(shape.x + (shape.width + 2) / 2, 6)
      expect(y).toBeLessThan(shape.y)
    })
    const few = drawn({ ...wanted, columns: columns.slice(6), values: path.rows.map(() => [1, 1]) }).labels
    expect(few.every(({ rotation }) => rotation === undefined)).toBe(true)
  })

  it('has its title above the labels of its columns, and those above the cells', () => {
    const { labels, rects } = drawn({
      ...path,
      title: 'Losses',
      columns: [{ label: 'a' }, { label: 'b' }, { label: 'c' }],
    })
    const heightOf = (text: string) => labels.find(({ style }) => style?.text === text)!.y
    const heights = [heightOf('Losses'), heightOf('a'), rects[0]!.shape.y]
    expect(heights).toEqual(heights.toSorted((a, b) => a - b))
    expect(heightOf('a') - heightOf('Losses')).toBeGreaterThan(12)
  })

  it('has its texts beside its cells wherever it stands in a larger figure', () => {
    const alone = heatMapParts(path, frame).graphic
    const { graphic } = heatMapParts(path, frame, { x: 100, y: 50 })
    expect(graphic).toEqual([{ type: 'group', x: 100, y: 50, children: alone }])
  })

  it('gives each value of an axis the part that is nearest to it, side by side without a gap', () => {
    const [first, second, third] = drawn(path).rects.map(({ shape }) => shape)
    expect(first!.x + first!.width).toBe(second!.x)
    expect(second!.x + second!.width).toBe(third!.x)
    // Half of the axis is nearest to its middle, a quarter to each end.
    expect(Math.abs(second!.width - 2 * first!.width)).toBeLessThanOrEqual(2)
    expect(Math.abs(first!.width - third!.width)).toBeLessThanOrEqual(1)
  })

  it('colours by value, with the colour of the end above it and none where there is no value', () => {
    const fills = drawn(path).rects.map(({ style }) => style.fill)
    expect(fills.slice(0, 3)).toEqual([viridisStep(0), viridisStep(1), viridisStep(0.5)])
    expect(fills[4]).not.toBe(viridisStep(0))
  })

  it('indicates that values exceed its scale', () => {
    expect(drawn(path).texts).toEqual(expect.arrayContaining(['0.0', '1.0', '≥ 2.0', 'loss (nats)', '0.5']))
    expect(drawn({ ...path, clipped: false }).texts).toContain('2.0')
  })

  it('separates summary rows from the others, with a heavier label', () => {
    const { rects, labels } = drawn(path)
    const [first, second, third] = [0, 3, 6].map((index) => rects[index]!.shape)
    expect(second!.y).toBe(first!.y + first!.height)
    expect(third!.y).toBeGreaterThan(second!.y + second!.height)
    const fontOf = (text: string) => labels.find(({ style }) => style?.text === text)!.style.font
    expect([fontOf('mean'), fontOf('final')].map((font) => font.slice(0, 3))).toEqual(['500', '400'])
  })

  it('prints values where all have room, with a dash for none', () => {
    const columns = [{ label: 'a' }, { label: 'b' }, { label: 'c' }]
    expect(drawn({ ...path, columns }).printed).toEqual(['0.0', '3.0', '1.0', '0.0', '–', '1.0', '0.0', '2.0', '1.0'])
    const many = Array.from({ length: 60 }, () => 1)
    const wide = { ...path, columns: many.map(() => ({ label: '' })), values: [many, many, many] }
    expect(drawn(wide).printed).toEqual([])
  })

  it('describes a cell: its column, its row, its value', () => {
    expect(drawn(path).data).toEqual(
      expect.arrayContaining([
        [1, 0, 3],
        [1, 1, '-'],
      ]),
    )
  })
})

describe('labels that are too long', () => {
  const named = { ...path, columns: [{ label: 'exit 0' }, { label: 'exit 1' }, { label: 'final' }] }
  const series = (rate: string) => `mixed · head convolutional, learning rate ${rate}, weight decay 0.0005, seed 1`

  it('leave room for the cells, and differ', () => {
    const rows = ['0.001', '0.01', '0.1'].map(series)
    const { rects, texts } = drawn({ ...named, rows })
    expect(rects.every(({ shape }) => shape.width > 10)).toBe(true)
    expect(new Set(texts.filter((text) => text.includes('…'))).size).toBe(3)
  })

  it('leave it beside the names of groups, too', () => {
    const { rects } = drawn({ ...named, rowGroups: [series('0.001'), null, null] })
    expect(rects.every(({ shape }) => shape.width > 10)).toBe(true)
  })

  it('do not cover one another at the two ends of an axis', () => {
    const ticks = [
      { at: 0, text: `λ = 0, ${series('0.001')}`, align: 'left' as const },
      { at: 0.5, text: '0.5' },
      { at: 1, text: `λ = 1, ${series('0.01')}`, align: 'right' as const },
    ]
    const { labels } = drawn({ ...path, columns: { values: [0, 0.5, 1], low: 0, high: 1, ticks } })
    const [left, right] = ['λ = 0', 'λ = 1'].map((start) => labels.find(({ style }) => style.text?.startsWith(start))!)
    expect(left!.x + textWidth(left!.style.text)).toBeLessThan(right!.x - textWidth(right!.style.text))
  })
})
