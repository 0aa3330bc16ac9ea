import { describe, expect, it } from 'vitest'
import type { FigureFrame } from '../../../../src/figures/plot.ts'
import { powerOfTen, scientific } from '../../../../src/shared/format/numbers.ts'
import type {
  SpectrumData,
  SpectrumLine,
} from '../../../../src/readings/analyses/numerical-rank/figure/spectrum-lines.ts'
import { spectrumOption, spectrumSentence } from '../../../../src/readings/analyses/numerical-rank/figure/spectrum.ts'

const frame: FigureFrame = { width: 520, height: 320, theme: 'light' }

/** Falls by `fall` powers of ten from one place to the next. */
function falling(regime: SpectrumLine['regime'], fall: number, places = 20): SpectrumLine {
  const points = Array.from({ length: places }, (_, place) => ({ index: place + 1, mean: -fall * place, std: null }))
  return {
    regime,
    series: regime,
    look: null,
    seeds: [1],
    points,
    rank: { mean: points.filter(({ mean }) => mean > -3).length, std: null },
  }
}

const data: SpectrumData = {
  block: 4,
  values: 'eigenvalue',
  lines: [falling('disjoint', 0.5), falling('mixed', 1)],
  tolerance: 1e-3,
  note: 'toy',
}

interface Drawn {
  type: string
  data?: number[][]
  min?: number
  max?: number
  axisTick?: { customValues: number[] }
  markLine?: { data: { yAxis: number }[] }
  style?: { text?: string }
}

function drawn(of: SpectrumData) {
  const option = spectrumOption(of, frame) as unknown as Record<string, Drawn[]>
  return {
    marks: option['series']!.filter(({ type }) => type === 'scatter').map((series) => series.data),
    guides: option['series']![0]!.markLine!.data.map(({ yAxis }) => yAxis),
    x: option['xAxis'] as unknown as Drawn,
    y: option['yAxis'] as unknown as Drawn,
    words: option['graphic']!.flatMap(({ style }) => style?.text ?? []),
  }
}

describe('the spectrum figure', () => {
  it('counts powers of ten from 1 to three below the tolerance, and ends where the first line leaves it', () => {
    const { x, y, guides } = drawn(data)
    expect([y.min, y.max]).toEqual([-6, 0])
    expect([x.min, x.max]).toEqual([1, 7])
    expect(y.axisTick!.customValues).toEqual([0, -1, -2, -3, -4, -5, -6].map((power) => expect.closeTo(power)))
    expect(guides).toEqual([expect.closeTo(-3)])
  })

  it('extends no deeper than its lines, and shows every rank', () => {
    const flat = drawn({ ...data, lines: [falling('joint', 0.05), falling('mixed', 1)] })
    expect(flat.y.min).toBe(-6)
    expect(flat.x.max).toBeGreaterThanOrEqual(20)
    expect(drawn({ ...data, lines: [falling('joint', 0.05)] }).y.min).toBe(-4)
  })

  it('marks each line at its rank', () => {
    expect(drawn(data).marks).toEqual([[[6, -2.5]], [[3, -2]]])
    const between = { ...falling('joint', 1), rank: { mean: 2.5, std: 0.7 } }
    expect(drawn({ ...data, lines: [between] }).marks).toEqual([[[2.5, -1.5]]])
  })

  it('names its lines, its tolerance and its axes', () => {
    expect(drawn(data).words).toEqual(
      expect.arrayContaining([
        ...['disjoint', 'mixed', 'tolerance 10⁻³', 'Eigenvalue / largest', 'numerical rank', '1 seed', 'toy'],
        'Index of the eigenvalue, largest first',
      ]),
    )
  })

  it('is described in words', () => {
    expect(spectrumSentence(data)).toBe(
      'Spectrum of the features of block 4. Eigenvalues above 10⁻³ of the largest: disjoint 6.0, mixed 3.0.',
    )
  })
})

describe('powers of ten', () => {
  it('are written as people write them', () => {
    expect([0, 1, 2, -3, -12].map(powerOfTen)).toEqual(['1', '10', '10²', '10⁻³', '10⁻¹²'])
    expect([1e-3, 0.01, 2.384e-4, 0.5].map(scientific)).toEqual(['10⁻³', '10⁻²', '2.4 × 10⁻⁴', '5 × 10⁻¹'])
  })
})
