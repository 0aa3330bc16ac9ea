import { describe, expect, it } from 'vitest'
import type { Figure } from '../../../src/figures/figure.ts'
import {
  figure,
  reliabilityData,
  reliabilityOption,
  reliabilitySentence,
} from '../../../src/readings/calibration/figure.ts'

const frame = { width: 520, height: 360, theme: 'light' } as const
const only = (mean: number) => ({ mean, std: null })

/** One bin that holds everything. */
function exit(index: number, block: number | null, [confidence, accuracy]: [number, number]) {
  const bins = [
    { low: 0, high: 0.5, share: 0, confidence: null, accuracy: null },
    { low: 0.5, high: 1, share: 1, confidence, accuracy },
  ]
  const means = { accuracy: only(100 * accuracy), confidence: only(100 * confidence) }
  const scaled = { confidence: only(100 * accuracy), error: only(0), bins: bins.slice(1) }
  const error = only(100 * Math.abs(confidence - accuracy))
  return { exit: index, block, ...means, error, bins, temperature: only(2), atEndOfRange: 0, scaled }
}

describe('the reliability of exits', () => {
  const data = {
    exits: [exit(0, 1, [0.9, 0.7]), exit(1, null, [0.6, 0.8])],
    isScaled: false,
    note: 'joint, toy · test images · 1 seed',
  }

  const series = {
    ...{ experiment: 'toy', regime: 'joint', series: 'joint', look: null, split: 'test' as const, runs: ['a'] },
    exits: data.exits,
  }
  const textsOf = (made: Figure) => {
    if (!('option' in made)) return ''
    const { graphic } = made.option({ ...frame, width: 900 })
    return (graphic as { style?: { text?: string } }[]).map(({ style }) => style?.text ?? '').join('\n')
  }

  it('has a dot for each bin with samples, as large as it is full, and the diagonal', () => {
    const series = reliabilityOption(data, frame).series as {
      data: number[][]
      symbolSize?: (at: number[]) => number
    }[]
    expect(series.slice(1).map((line) => line.data)).toEqual([[[90, 70, 1]], [[60, 80, 1]]])
    expect([1, 0.25].map((share) => series[1]!.symbolSize!([0, 0, share]))).toEqual([16, 9.5])
    expect(series[0]!.data).toEqual([
      [0, 0],
      [100, 100],
    ])
  })

  it('names each exit behind a mark in the colour of its line', () => {
    const option = reliabilityOption(data, frame)
    const lines = (option.series as { itemStyle?: { color?: string } }[]).slice(1)
    const elements = option.graphic as { style?: { text?: string; fill?: string } }[]
    const markOf = (text: string) => {
      const at = elements.findIndex(({ style }) => style?.text?.startsWith(text))
      return elements[at - 1]?.style?.fill
    }
    expect([markOf('exit 0'), markOf('final')]).toEqual(lines.map(({ itemStyle }) => itemStyle!.color))
  })

  it('is described with the direction of its error', () => {
    expect(reliabilitySentence(data)).toBe(
      'Reliability of the exits. Expected calibration error: exit 0 20.0 points (overconfident), final 20.0 points (underconfident).',
    )
  })

  it('is that of the scaled logits if requested, which its note states', () => {
    const { exits } = reliabilityData(data.exits, { scaled: true, note: '' })
    expect(exits.map(({ accuracy, error, bins }) => [accuracy.mean, error.mean, bins.length])).toEqual([
      [70, 0, 1],
      [80, 0, 1],
    ])
    expect(reliabilityData(data.exits, { scaled: false, note: '' }).exits).toEqual(data.exits)
    expect(textsOf(figure({ scaled: true, series: [series] }))).toContain(
      'joint, toy · test samples · 1 seed · temperature-scaled · dot size: samples in the bin',
    )
    expect(textsOf(figure({ scaled: false, series: [series] }))).toContain(
      'joint, toy · test samples · 1 seed · dot size: samples in the bin',
    )
  })

  it('of scaled logits says which exits have a temperature at the end of its range', () => {
    const [first, last] = series.exits
    const ended = { ...series, exits: [first!, { ...last!, atEndOfRange: 1 }] }
    const made = figure({ scaled: true, series: [ended] })
    expect(textsOf(made)).toContain('temperature-scaled · T of final at the end of its range · dot size')
    expect(made.sentence).toContain('final: The temperature of one or more seeds is an end of the range')
    expect(textsOf(figure({ scaled: false, series: [ended] }))).not.toContain('at the end of its range')
  })

  it('is of one series: of several its runs have to be chosen', () => {
    const other = { ...series, series: 'mixed' }
    expect(() => figure({ scaled: false, series: [series, other] })).toThrow(
      'Expected runs of one series; got runs of 2 series: joint of toy, mixed of toy.',
    )
  })
})
