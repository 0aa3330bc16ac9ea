import { describe, expect, it } from 'vitest'
import { svgFigure } from '../../../src/main/host/exports/writers/figure-svg.ts'
import type { CurveAnswer, CostCurveSeries, CostPoint } from '../../../src/readings/curve/schema.ts'
import { costCurveChart, costCurveOption, costCurveSentence } from '../../../src/readings/curve/figure.ts'
import { textWidth, type FigureFrame } from '../../../src/figures/plot.ts'
import { regimeStyles } from '../../../src/figures/regimes.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'

function series(regime: PaperRegime, { experiment = 'a', seedCount = 3 } = {}): CostCurveSeries {
  const point = (cost: number, mean: number): CostPoint => ({ cost, mean, std: seedCount === 1 ? null : 0.5 })
  const curve = [point(0.2, 60), point(0.2, 60), point(0.5, 75), point(1.01, 80)]
  return {
    experiment,
    regime,
    series: regime,
    look: null,
    name: experiment === 'a' ? regime : `${regime}, ${experiment}`,
    backboneCost: 41_304_704,
    runs: [],
    seedCount,
    seeds: [],
    curve,
    exits: curve.slice(1),
  }
}

const data: CurveAnswer = {
  series: [series('disjoint'), series('joint'), series('mixed')],
  axis: 'share',
  backbones: [{ experiment: 'made up', name: 'bare backbone', cost: 1, mean: 79, std: 0.4 }],
  backboneCost: 41_304_704,
  budgets: [0.25, 0.5, 0.75, 1],
  note: 'made up · 3 seeds',
}

function costCurveSvg(of: CurveAnswer, changes: Partial<FigureFrame> = {}): string {
  const frame: FigureFrame = { width: 720, height: 440, theme: 'light', ...changes }
  return svgFigure(costCurveOption(of, frame), frame, costCurveSentence(of))
}

/** Texts of the figure with the pixels they start at, in the order drawn. */
function textsOf(svg: string): { text: string; x: number; y: number }[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes, text]) => {
    const [x, y] = /translate\(([\d.-]+)[ ,]([\d.-]+)\)/.exec(attributes!)?.slice(1).map(Number) ?? [
      Number(/ x="([\d.-]+)"/.exec(` ${attributes}`)?.[1] ?? 0),
      Number(/ y="([\d.-]+)"/.exec(` ${attributes}`)?.[1] ?? 0),
    ]
    return { text: text!.replaceAll('&#160;', ' '), x: x!, y: y! }
  })
}

describe('the accuracy–cost figure', () => {
  const svg = costCurveSvg(data)
  const texts = textsOf(svg)

  it('names its axes with units, its budgets, its regimes and what it was computed on', () => {
    const words = texts.map(({ text }) => text.replaceAll('\u00a0', ' '))
    expect(words).toEqual(
      expect.arrayContaining([
        'Test accuracy (%)',
        'Inference cost (% of backbone; 100 % = 41.3 M multiply-adds)',
        ...['25', '50', '75', '100'],
        ...['disjoint', 'joint', 'mixed', 'bare backbone'],
        'made up · 3 seeds',
      ]),
    )
  })

  it('draws each regime in its own colour and dash', () => {
    for (const regime of ['disjoint', 'joint', 'mixed'] as const) expect(svg).toContain(regimeStyles[regime].line.light)
    for (const regime of ['disjoint', 'joint'] as const)
      expect(svg).toContain(`stroke-dasharray="${regimeStyles[regime].dash.join(',')}"`)
  })

  it('keeps labels at line ends a line apart, although two regimes end at one value', () => {
    const heights = texts
      .filter(({ text }) => ['disjoint', 'joint', 'mixed', 'bare backbone'].includes(text.replaceAll('\u00a0', ' ')))
      .map(({ y }) => y)
      .toSorted((a, b) => a - b)
    expect(heights).toHaveLength(4)
    for (let i = 1; i < heights.length; i++) expect(heights[i]! - heights[i - 1]!).toBeGreaterThanOrEqual(13.9)
  })

  it('is a standalone document that describes itself in words, with the same bytes each time', () => {
    expect(svg).toMatch(
      /^<svg [^>]*role="img">\n<title>Test accuracy against mean inference cost: disjoint ends at 80.0 %/,
    )
    expect(svg).not.toMatch(/<style|class=|NaN|undefined/)
    expect(costCurveSvg(data)).toBe(svg)
  })

  it('has no control characters in its texts, which XML does not allow', () => {
    const frame: FigureFrame = { width: 720, height: 440, theme: 'light' }
    const words = svgFigure(costCurveOption(data, frame), frame, 'cat\u001b[31m & <dog>')
    expect(words).toContain('<title>cat [31m &#38; &#60;dog&#62;</title>')
  })

  it('uses no font that has to be installed', () => {
    const fonts = new Set(
      [...svg.matchAll(/font(?:-family)?[:=]"?[^";>]*?(Helvetica[^";>]*)/g)].map(([, family]) => family),
    )
    expect([...fonts]).toEqual(['Helvetica, Arial, Liberation Sans, Noto Sans, sans-serif'])
  })

  it('wraps its note and moves its key in a narrow figure', () => {
    const note = 'a note that goes on for longer than one line of a narrow figure has room for, and then some'
    const narrow = textsOf(costCurveSvg({ ...data, note }, { width: 400, height: 300 }))
    const title = narrow.find(({ text }) => text === 'Test accuracy (%)')!
    const key = narrow.find(({ text }) => text.startsWith('threshold curve'))!
    expect(key.y - title.y).toBeGreaterThan(10)
    expect(narrow.filter(({ text }) => text.length > 12 && note.includes(text)).length).toBeGreaterThan(1)
  })

  it('names its regimes above the plot in a narrow figure, and nowhere if requested', () => {
    const heightOf = (texts: ReturnType<typeof textsOf>, word: string) => texts.find(({ text }) => text === word)?.y
    const narrow = textsOf(costCurveSvg(data, { width: 322, height: 277 }))
    expect(heightOf(narrow, 'mixed')).toBeLessThan(
      costCurveChart(data, { width: 322, height: 277, theme: 'light' }).plot.top,
    )
    expect(Math.max(...narrow.map(({ x, text }) => x + (text === 'mixed' ? textWidth(text) : 0)))).toBeLessThan(322)
    const bare = textsOf(costCurveSvg(data, { names: 'none', key: false })).map(({ text }) => text)
    for (const gone of ['mixed', 'bare backbone', 'made up · 3 seeds']) expect(bare).not.toContain(gone)
    expect(bare).toContain('Test accuracy (%)')
  })

  it('tells experiments apart by hollow markers and thinner lines', () => {
    const both = { ...data, backbones: [], series: [series('mixed'), series('mixed', { experiment: 'b' })] }
    const green = regimeStyles.mixed.line.light
    const hollow = new RegExp(`fill="#ffffff" stroke="${green}"`)
    expect(costCurveSvg(both)).toMatch(hollow)
    expect(costCurveSvg({ ...both, series: both.series.slice(0, 1) })).not.toMatch(hollow)
  })

  it('says how many seeds a line has where lines differ in it', () => {
    const differing = [series('joint', { seedCount: 1 }), series('mixed')]
    const names = textsOf(costCurveSvg({ ...data, backbones: [], series: differing })).map(({ text }) => text)
    expect(names).toEqual(expect.arrayContaining(['joint, n = 1', 'mixed, n = 3']))
  })

  it('has no bands where there is one seed', () => {
    const one = costCurveSvg({ ...data, backbones: [], series: [series('joint', { seedCount: 1 })] })
    expect(textsOf(one).map(({ text }) => text)).toEqual(expect.arrayContaining(['joint', 'threshold curve']))
    expect(one).not.toContain('opacity="0.13"')
    expect(svg).toContain('opacity="0.13"')
  })

  it('is drawn dark for a dark page', () => {
    expect(costCurveSvg(data, { theme: 'dark' })).toContain(regimeStyles.mixed.line.dark)
  })
})
