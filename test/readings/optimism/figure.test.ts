import { describe, expect, it } from 'vitest'
import { optimismOption, optimismSentence } from '../../../src/readings/optimism/figure.ts'
import type { OptimismAnswer } from '../../../src/readings/optimism/schema.ts'
import { textWidth, type FigureFrame } from '../../../src/figures/plot.ts'
import { regimeStyles } from '../../../src/figures/regimes.ts'

const frame: FigureFrame = { width: 480, height: 300, theme: 'light' }
const row = { experiment: 'a', seedCount: 3 }
const data: OptimismAnswer = {
  rule: 'confidence',
  budgets: [0.25, null],
  rows: [
    {
      ...row,
      regime: 'disjoint',
      series: 'disjoint',
      look: null,
      gaps: [
        { mean: 0.31, std: 0.12 },
        { mean: 0, std: 0 },
      ],
    },
    { ...row, regime: 'mixed', series: 'mixed', look: null, gaps: [{ mean: -0.2, std: 0.05 }, null] },
    { ...row, regime: 'joint', series: 'joint', look: null, gaps: [null, { mean: 0.1, std: null }] },
  ],
}

/** The data of one of its budgets alone. */
const atBudget = (of: OptimismAnswer, index: number): OptimismAnswer => ({
  ...of,
  budgets: [of.budgets[index]!],
  rows: of.rows.map((each) => ({ ...each, gaps: [each.gaps[index]!] })),
})

interface Drawn {
  type: string
  name?: string
  data?: number[][]
  xAxisIndex?: number
  itemStyle?: { color: string; borderColor: string }
  style?: { text?: string; fill?: string; align?: string }
  x?: number
  y?: number
  min?: number
  max?: number
  left?: number
  right?: number
}

function drawn(of: OptimismAnswer, changes: Partial<FigureFrame> = {}) {
  const option = optimismOption(of, { ...frame, ...changes }) as unknown as Record<string, Drawn[]>
  const texts = option['graphic']!.filter(({ style }) => style?.text !== undefined)
  return {
    axes: option['xAxis']!,
    grids: option['grid']!,
    dots: option['series']!.filter(({ type }) => type === 'scatter'),
    intervals: option['series']!.filter(({ type }) => type === 'custom'),
    texts,
    words: texts.map(({ style }) => style!.text),
  }
}

describe('the optimism figure', () => {
  const one = atBudget(data, 0)

  it('has a dot at each gap in the colour of its regime, from the first row down, and its deviation', () => {
    const { dots, intervals } = drawn(one)
    expect(dots.map(({ name, data: at }) => [name, at])).toEqual([
      ['disjoint', [[0.31, 2.5]]],
      ['mixed', [[-0.2, 1.5]]],
    ])
    expect(dots[0]!.itemStyle!.color).toBe(regimeStyles.disjoint.line.light)
    expect(intervals.map(({ data: ends }) => ends![0]!)).toEqual([
      [expect.closeTo(0.19), 2.5],
      [expect.closeTo(-0.25), 1.5],
    ])
  })

  it('names its axis, its budget and its regimes, with values that have signs', () => {
    expect(drawn(one).words).toEqual(
      expect.arrayContaining([
        ...['disjoint', '+0.31', 'mixed', '−0.20', 'joint', '–', '25\u00a0% budget', 'mean ± 1 std over 3 seeds'],
        'Accuracy gained by choosing thresholds on test (points)',
      ]),
    )
  })

  it('shortens names that are too long for its left side, and keeps its title inside', () => {
    const names = ['gpf', 'sdn', 'uniform'].map((weighting) => `joint · gradients equilibrium, weighting ${weighting}`)
    const long = { ...one, rows: one.rows.map((each, index) => ({ ...each, series: names[index]! })) }
    const { texts, words } = drawn(long, { width: 380 })
    expect(words).not.toContain(names[0])
    // What they differ in is kept.
    const cut = words.filter((word) => word!.startsWith('joint'))
    expect(new Set(cut).size).toBe(3)
    expect(cut.map((word) => word!.slice(-3))).toEqual(['gpf', 'sdn', 'orm'])
    const title = texts.find(({ style }) => style!.text!.startsWith('Accuracy gained'))!
    expect(title.x! + textWidth(title.style!.text!) / 2).toBeLessThanOrEqual(380 - 8)
  })

  it('leaves budget and key to the page where it is told to', () => {
    const { words } = drawn(one, { key: false })
    expect(words).not.toContain('25\u00a0% budget')
    expect(words).not.toContain('mean ± 1 std over 3 seeds')
  })

  it('holds zero and every interval', () => {
    const [axis] = drawn(one).axes
    expect(axis!.min).toBeLessThan(-0.25)
    expect(axis!.max).toBeGreaterThan(0.43)
    const positive = atBudget({ ...data, rows: data.rows.slice(0, 1) }, 0)
    expect(drawn(positive).axes[0]!.min).toBe(0)
  })

  it('states that there are no gaps, with zero in the middle of a scale of whole points', () => {
    const none = { mean: 0.004, std: 0 }
    const rows = data.rows.map((each) => ({ ...each, gaps: [none, null] }))
    const { axes, words } = drawn({ ...data, rows })
    expect(axes.map(({ min, max }) => [min, max])).toEqual([
      [-1, 1],
      [-1, 1],
    ])
    expect(words.join(' ')).toContain('(points): no optimism at these budgets')
    expect(drawn(atBudget({ ...data, rows }, 0)).words.join(' ')).toContain('no optimism at this budget')
    const nothing = data.rows.map((each) => ({ ...each, gaps: [null, null] }))
    expect(drawn({ ...data, rows: nothing }).words.join(' ')).not.toContain('no optimism')
    expect(drawn(data).words.join(' ')).not.toContain('no optimism')
  })

  it('has a panel of the same scale for each budget, side by side, with a dash where no threshold fits the budget', () => {
    const { axes, grids, dots, words } = drawn(data)
    expect(axes.map(({ min, max }) => [min, max])).toEqual([
      [axes[0]!.min, axes[0]!.max],
      [axes[0]!.min, axes[0]!.max],
    ])
    expect(frame.width - grids[0]!.right!).toBeLessThan(grids[1]!.left!)
    expect(dots.map(({ name, xAxisIndex }) => [name, xAxisIndex])).toEqual([
      ['disjoint', 0],
      ['mixed', 0],
      ['disjoint', 1],
      ['joint', 1],
    ])
    expect(words.filter((word) => word === '–')).toHaveLength(2)
    expect(words).not.toContain('+0.31')
  })

  it('names experiments where there are several, those of every second one hollow', () => {
    const both = { ...one, rows: [one.rows[0]!, { ...one.rows[0]!, experiment: 'b' }] }
    const { words, dots } = drawn(both)
    expect(words).toEqual(expect.arrayContaining(['disjoint, a', 'disjoint, b']))
    const colour = regimeStyles.disjoint.line.light
    expect(dots.map(({ itemStyle }) => itemStyle!.color === colour)).toEqual([true, false])
    expect(dots[1]!.itemStyle!.borderColor).toBe(colour)
  })

  it('is described in words', () => {
    expect(optimismSentence(data)).toBe(
      'Points of test accuracy gained by choosing thresholds on the test set. 25\u00a0% budget: disjoint +0.31, mixed −0.20, joint –. ' +
        'Unlimited budget: disjoint 0.00, mixed –, joint +0.10.',
    )
  })
})
