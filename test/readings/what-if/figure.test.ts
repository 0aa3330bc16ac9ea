import { describe, expect, it } from 'vitest'
import { exitHistogramOption, exitHistogramSentence } from '../../../src/readings/what-if/figure.ts'
import type { ExitHistogramData } from '../../../src/readings/what-if/figure.ts'
import type { FigureFrame } from '../../../src/figures/plot.ts'

const frame: FigureFrame = { width: 480, height: 300, theme: 'light' }

function histogram(shares: number[], std: number | null = 2): ExitHistogramData {
  const last = shares.length - 1
  return {
    regime: 'mixed',
    look: null,
    series: 'mixed',
    note: 'mixed · confidence rule, threshold 0.72',
    answer: {
      runs: std === null ? ['a'] : ['a', 'b', 'c'],
      value: { mean: 64.512, std },
      cost: { mean: 513, std },
      backboneCost: 1000,
      exits: shares.map((mean, exit) => ({
        exit,
        block: exit === last ? null : exit,
        fraction: (exit + 1) / shares.length,
        leaving: { mean, std },
        value: null,
      })),
    },
  }
}

interface Drawn {
  type?: string
  data?: number[][]
  style?: { text?: string }
  x?: number
  y?: number
}

function drawn(data: ExitHistogramData, changes: Partial<FigureFrame> = {}) {
  const option = exitHistogramOption(data, { ...frame, ...changes })
  const texts = (option.graphic as Drawn[]).filter(({ style }) => style?.text !== undefined)
  const [bars, errors] = option.series as Drawn[]
  return { option, bars: bars!.data, errors: errors, texts, words: texts.map(({ style }) => style!.text!) }
}

describe('the exit histogram', () => {
  it('has a bar from zero for each exit, its deviation cut off at zero, its value and cost', () => {
    const { option, bars, errors, words } = drawn(histogram([60, 1, 39]))
    expect((option.yAxis as { min: number }).min).toBe(0)
    expect(bars).toEqual([
      [0, 60],
      [1, 1],
      [2, 39],
    ])
    expect(errors!.data).toEqual([
      [0, 58],
      [1, 0],
      [2, 37],
    ])
    expect(words).toEqual(
      expect.arrayContaining([
        ...['Share of samples (%)', 'Exit, and its cost (% of backbone)'],
        ...['60.0', '1.0', '39.0', 'exit 0', 'exit 1', 'final', '33\u00a0%', '67\u00a0%', '100\u00a0%'],
      ]),
    )
  })

  it('describes how it was computed and over how many seeds, in as many lines as it needs', () => {
    expect(drawn(histogram([100])).words).toContain('mixed · confidence rule, threshold 0.72 · 3 seeds, ± 1 std')
    const narrow = drawn(histogram([100]), { width: 200 }).words.filter((word) => /mixed|seeds/.test(word))
    expect(narrow.length).toBeGreaterThan(1)
    expect(drawn(histogram([100]), { key: false }).words.join()).not.toContain('confidence')
  })

  it('has no deviation with one seed', () => {
    const { errors, words } = drawn(histogram([60, 40], null))
    expect(errors).toBeUndefined()
    expect(words.join()).toContain('1 seed')
  })

  it('keeps the labels of many exits apart, the final one among them', () => {
    const { texts, words } = drawn(histogram(Array.from({ length: 24 }, () => 100 / 24)), { width: 300 })
    expect(words).toContain('final')
    const costs = texts.filter(({ style }) => /^\d+\u00a0%$/.test(style!.text!)).map(({ x }) => x!)
    for (let i = 1; i < costs.length; i++) expect(costs[i]! - costs[i - 1]!).toBeGreaterThan(26)
    expect(words).not.toContain('4.2')
  })

  it('is described in words', () => {
    expect(exitHistogramSentence(histogram([60, 40]))).toBe(
      "Samples by exit under mixed: exit 0 60.0 %, final 40.0 %. Accuracy 64.5 % at 51.3 % of the backbone's cost.",
    )
  })
})
