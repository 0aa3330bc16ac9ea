import { describe, expect, it } from 'vitest'
import type { CurveAnswer, CostCurveSeries } from '../../../src/readings/curve/schema.ts'
import { costCurveMarkerOption } from '../../../src/readings/curve/marker.ts'
import { costCurveChart, costCurveOption, figure } from '../../../src/readings/curve/figure.ts'
import { pixelX, pixelY, textWidth, valueAtX } from '../../../src/figures/plot.ts'
import type { FigureFrame } from '../../../src/figures/plot.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'

const frame: FigureFrame = { width: 720, height: 440, theme: 'light' }

function series(regime: PaperRegime, best: number): CostCurveSeries {
  const curve = [0.2, 0.6, 1].map((cost, i) => ({ cost, mean: best - 20 + 10 * i, std: 0.5 }))
  return {
    experiment: 'a',
    regime,
    series: regime,
    look: null,
    name: regime,
    backboneCost: 41_000_000,
    runs: [],
    seedCount: 3,
    curve,
    seeds: [],
    exits: curve,
  }
}

const data: CurveAnswer = {
  series: [series('joint', 70), series('mixed', 90)],
  axis: 'share',
  backbones: [],
  backboneCost: 41_000_000,
  budgets: [0.5, 1],
  note: '',
}

interface Drawn {
  type?: string
  z?: number
  name?: string
  data?: unknown
  lineStyle?: { opacity?: number }
  shape?: Record<string, number>
  style?: { text?: string; stroke?: string; opacity?: number }
}

/** What the option draws, series and loose elements. */
function drawn(option: ReturnType<typeof costCurveOption>): { series: Drawn[]; elements: Drawn[]; texts: string[] } {
  const elements = option.graphic as Drawn[]
  const texts = elements.flatMap(({ style }) => (style?.text === undefined ? [] : [style.text]))
  return { series: option.series as Drawn[], elements, texts }
}

describe('names of series in the accuracy–cost figure', () => {
  const named = (names: string[]) => ({
    ...data,
    series: names.map((name) => ({ ...series('joint', 70), name, series: name })),
  })
  const namesIn = (of: CurveAnswer, width: number) => {
    const { graphic } = costCurveOption(of, { ...frame, width })
    return (graphic as { x: number; y: number; style?: { text?: string } }[]).filter(({ style }) =>
      style?.text?.startsWith('mixed'),
    )
  }
  const long = ['sdn', 'gpf'].map(
    (weighting) => `mixed · gradients equilibrium, weighting ${weighting}, learning rate 0.0005`,
  )

  it('stand behind the lines where there is room, above the plot in full where there is none', () => {
    const { plot } = costCurveChart(named(['mixed · head conv']), frame)
    expect(namesIn(named(['mixed · head conv']), 720)[0]!.x).toBeGreaterThan(plot.right)
    const above = namesIn(named(long), 720)
    expect(above.map(({ style }) => style!.text)).toEqual(long)
    for (const { x, y, style } of above) {
      expect(x + textWidth(style!.text!)).toBeLessThanOrEqual(720)
      expect(y).toBeLessThan(costCurveChart(named(long), frame).plot.top)
    }
  })

  it('are shortened in a narrow figure so that they still differ', () => {
    const texts = namesIn(named(long), 240).map(({ style }) => style!.text!)
    expect(new Set(texts).size).toBe(2)
    for (const text of texts) expect(textWidth(text)).toBeLessThan(240)
  })
})

describe('a figure of many series', () => {
  const many = {
    ...data,
    series: Array.from({ length: 12 }, (_, index) => ({
      ...series('mixed', 70 + index),
      look: index,
      name: `mixed · head conv, learning rate ${index}`,
    })),
  }
  const column: FigureFrame = { width: 322, height: 300, theme: 'light' }
  const placed = (frame: FigureFrame) =>
    (costCurveOption(many, frame).graphic as { x?: number; y?: number; style?: { text?: string } }[]).flatMap(
      ({ x, y, style }) => (style?.text === undefined ? [] : [{ text: style.text, x: x!, y: y! }]),
    )

  it('has numbers at the ends of its lines in a column of a paper, and names below the plot', () => {
    const { plot, below } = costCurveChart(many, column)
    const texts = placed(column)
    const names = texts.filter(({ text }) => text.includes('learning rate'))
    const numbers = texts.filter(({ text, x }) => /^\d+$/.test(text) && x > plot.right && text !== '')
    expect(numbers.map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, index) => String(index + 1)))
    expect(names.map(({ text }) => text.split(' ')[0])).toEqual(many.series.map((_, index) => String(index + 1)))
    for (const { text, x, y } of names) {
      expect(y).toBeGreaterThan(plot.bottom)
      expect(x + textWidth(text)).toBeLessThanOrEqual(column.width)
    }
    expect(below).toBeGreaterThan(0)
  })

  it('is higher by its names where no height is given, so that the plot stays as high', () => {
    const { below } = costCurveChart(many, column)
    const file = figure(many, { hidden: [], unit: 'macs', facets: null })
    const height = file.height!(column)
    expect(height).toBe(column.height + below)
    const { plot } = costCurveChart(many, { ...column, height })
    expect(plot.bottom - plot.top).toBeGreaterThan(0.5 * column.height)
  })

  it('has names cut to the room behind its lines where it is wide', () => {
    const long = {
      ...many,
      series: many.series.map((each) => ({ ...each, name: `${each.name}, with a long setting and its value` })),
    }
    const { plot, below } = costCurveChart(long, frame)
    expect(below).toBe(0)
    expect(plot.bottom - plot.top).toBeGreaterThan(0.7 * frame.height)
    expect(plot.right - plot.left).toBeGreaterThan(0.4 * frame.width)
  })
})

describe('what a screen adds to the accuracy–cost figure', () => {
  it('is nothing unless requested', () => {
    const plain = JSON.stringify(costCurveOption(data, frame))
    const off = { hidden: [], focused: [], unit: 'macs' } as const
    expect(JSON.stringify(costCurveOption(data, frame, off))).toBe(plain)
  })

  it('leaves hidden series out and gives their room to the others', () => {
    const { series, texts } = drawn(costCurveOption(data, frame, { hidden: ['joint'] }))
    expect(series.filter(({ name }) => name === 'joint')).toEqual([])
    expect(texts).not.toContain('joint')
    expect(costCurveChart(data, frame).plot.y.low).toBeLessThan(50)
    expect(costCurveChart(data, frame, { hidden: ['joint'] }).plot.y.low).toBeGreaterThan(60)
  })

  it('keeps its axes when everything is hidden', () => {
    const plot = costCurveChart(data, frame, { hidden: ['joint', 'mixed'] }).plot
    expect([plot.x.low, plot.x.high, plot.y.low, plot.y.high, plot.right].every(Number.isFinite)).toBe(true)
  })

  it('fades all lines but the focused one', () => {
    const lines = drawn(costCurveOption(data, frame, { focused: ['mixed'] })).series.filter(
      ({ type }) => type === 'line',
    )
    const opacity = (name: string) => lines.find((line) => line.name === name)!.lineStyle!.opacity
    expect(opacity('mixed')).toBe(1)
    expect(opacity('joint')).toBeLessThan(0.3)
  })

  it('marks a what-if where its cost and accuracy lie, with guide lines to both axes, in a layer of its own', () => {
    const marker = { cost: 0.6, value: 80, text: 'what if: 0.72' }
    const plot = costCurveChart(data, frame).plot
    const elements = costCurveMarkerOption(marker, plot, 'light').graphic as Drawn[]
    const [x, y] = [pixelX(plot, 0.6), pixelY(plot, 80)]
    expect(elements.filter(({ type }) => type === 'circle').map(({ shape }) => shape)).toMatchObject([{ cx: x, cy: y }])
    expect(elements.filter(({ type }) => type === 'line').map(({ shape }) => shape)).toEqual([
      { x1: plot.left, y1: y, x2: x - 5, y2: y },
      { x1: x, y1: y + 5, x2: x, y2: plot.bottom },
    ])
    expect(elements.flatMap(({ style }) => style?.text ?? [])).toEqual([marker.text])
  })

  it('lays published values over their series, and says what the dashes are', () => {
    const published = [{ series: 'joint', cost: 0.5, value: 61 }]
    const { series, texts } = drawn(costCurveOption({ ...data, published }, frame))
    expect(series.filter((each) => JSON.stringify(each.data) === '[[0.5,61]]')).toHaveLength(1)
    expect(texts).toContain('published')
    expect(drawn(costCurveOption({ ...data, published }, frame, { hidden: ['joint'] })).series.length).toBeLessThan(
      series.length,
    )
  })

  it('makes room for published values that lie beyond what was measured', () => {
    const published = [{ series: 'joint', cost: 0.5, value: 12 }]
    expect(costCurveChart({ ...data, published }, frame).plot.y.low).toBeLessThan(12)
    expect(costCurveChart({ ...data, published }, frame, { hidden: ['joint'] }).plot.y.low).toBeGreaterThan(60)
  })

  it('has each seed as a thin line in place of a band where the data has them', () => {
    const seeds = [1, 2, 3].map((seed) => ({ seed, curve: data.series[0]!.curve }))
    const each = drawn(costCurveOption({ ...data, series: [{ ...data.series[0]!, seeds }] }, frame))
    const of = (type: string) => each.series.filter((one) => one.type === type && one.name === 'joint')
    expect(of('line')).toHaveLength(4)
    expect(each.texts).toContain('threshold curve, mean; thin: each seed')
  })

  it('draws more than seven series without bands, and says so', () => {
    const figureOf = (count: number) => {
      const names = Array.from({ length: count }, (_, i) => `series ${i}`)
      const many = names.map((name) => ({ ...series('joint', 70), name, series: name }))
      return drawn(costCurveOption({ ...data, series: many }, frame))
    }
    const behindLines = ({ series }: ReturnType<typeof drawn>) =>
      series.filter(({ type, z }) => type === 'custom' && z === 2)
    expect(behindLines(figureOf(7))).toHaveLength(7)
    expect(figureOf(7).texts).toContain('threshold curve, mean ± 1 std')
    expect(behindLines(figureOf(8))).toEqual([])
    expect(figureOf(8).texts).toContain('threshold curve, mean')
  })

  it('counts the backbone in FLOPs, two for each multiply-add, where these are preferred', () => {
    expect(drawn(costCurveOption(data, frame, { unit: 'flops' })).texts.join(' ')).toMatch(/100.% = 82.0.MFLOPs/)
    expect(drawn(costCurveOption(data, frame)).texts.join(' ')).toMatch(/100.% = 41.0.M multiply-adds/)
  })
})

describe('the absolute axis', () => {
  const absolute = (...sizes: number[]): CurveAnswer => ({
    ...data,
    axis: 'multiply-adds',
    budgets: [],
    series: sizes.map((size, i) => {
      const one = series('joint', 70)
      const scaled = one.curve.map((point) => ({ ...point, cost: size * point.cost }))
      return { ...one, experiment: `e${i}`, name: `joint, e${i}`, backboneCost: size, curve: scaled, exits: scaled }
    }),
  })
  interface Axis {
    type: string
    axisLabel: { customValues: number[]; formatter(value: number): string }
  }
  const axisOf = (of: CurveAnswer, unit: 'macs' | 'flops' = 'macs') =>
    costCurveOption(of, frame, { unit }).xAxis as unknown as Axis
  const ticks = ({ axisLabel }: Axis) => axisLabel.customValues.map((value) => axisLabel.formatter(value))

  it('is in round multiply-adds, or FLOPs, with their prefix in its title', () => {
    expect(ticks(axisOf(absolute(41e6)))).toEqual(['10', '15', '20', '25', '30', '35', '40'])
    expect(drawn(costCurveOption(absolute(41e6), frame)).texts).toContain('Inference cost (M multiply-adds)')
    expect(ticks(axisOf(absolute(41e6), 'flops'))).toEqual(['20', '30', '40', '50', '60', '70', '80'])
    const flops = drawn(costCurveOption(absolute(41e6), frame, { unit: 'flops' }))
    expect(flops.texts).toContain('Inference cost (MFLOPs)')
  })

  it('is in ratios where networks differ in cost by more than a factor of 4', () => {
    expect(axisOf(absolute(1e6, 4e6)).type).toBe('value')
    const wide = absolute(1e6, 10e6)
    expect(axisOf(wide).type).toBe('log')
    expect(ticks(axisOf(wide))).toEqual(['0.2', '0.5', '1', '2', '5', '10'])
    const plot = costCurveChart(wide, frame).plot
    expect(pixelX(plot, 2e6) - pixelX(plot, 1e6)).toBeCloseTo(pixelX(plot, 8e6) - pixelX(plot, 4e6), 6)
    expect(valueAtX(plot, pixelX(plot, 3e6))).toBeCloseTo(3e6, 0)
  })
})
