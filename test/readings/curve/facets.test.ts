import { describe, expect, it } from 'vitest'
import type { FigureFrame } from '../../../src/figures/plot.ts'
import { compute } from '../../../src/readings/curve/compute.ts'
import { looksByRegime } from '../../../src/readings/curve/facet-series.ts'
import { costCurveOption, costCurvePlots, figure } from '../../../src/readings/curve/figure.ts'
import { curve } from '../../../src/readings/curve/index.ts'
import { figureColours } from '../../../src/figures/theme.ts'
import { fullSweep, madeSweep, type MadeSeries } from '../made-sweep.ts'

const ask = (series: readonly MadeSeries[] = fullSweep) => compute(madeSweep(series), curve.question.parse({}))
const frame: FigureFrame = { width: 720, height: 440, theme: 'light' }
const titles = async (view: object, series?: readonly MadeSeries[]) => {
  const data = await ask(series)
  return costCurvePlots(data, frame, view).map((plot) => ('title' in plot ? plot.title : null))
}

describe('the curves of many series', () => {
  it('have a plot for each regime, or for each value of the setting that is asked for', async () => {
    expect(await titles({})).toEqual(['joint', 'mixed'])
    expect(await titles({ facets: 'training.learningRate' })).toEqual(['0.001', '0.01', '0.1'])
    expect(await titles({ facets: 'none' })).toEqual([null])
  })

  it('are refused plots by a setting in which they do not differ, with those in which they do', async () => {
    const asked = (facets: string, series: readonly MadeSeries[] = fullSweep) =>
      compute(madeSweep(series), curve.question.parse({ facets }))
    await expect(asked('training.epochs')).rejects.toThrow(
      'by “training.epochs”, in which they do not differ. Expected one of regime, ',
    )
    const regimes = ['joint', 'mixed'].map((regime) => ({ regime, settings: {}, values: [70, 71] }))
    await expect(asked('UNKNOWN', regimes)).rejects.toThrow('Expected none.')
    expect((await asked('none', regimes)).series).toHaveLength(2)
  })

  it('are parted by another setting where the regime is one, and stay in one plot where they are few', async () => {
    const ofOne = fullSweep.filter(({ regime }) => regime === 'mixed')
    expect(await titles({}, ofOne)).toEqual([null])
    const many = [...ofOne, ...ofOne.map((each) => ({ ...each, settings: { ...each.settings, 'training.epochs': 9 } }))]
    const named = many.map((each, at) =>
      at < ofOne.length ? { ...each, settings: { ...each.settings, 'training.epochs': 3 } } : each,
    )
    expect(await titles({}, named)).toEqual(['0.001', '0.01', '0.1'])
  })

  it('are not parted unasked by a setting of static networks alone, which are dots where they are', async () => {
    const values = [50, 51]
    const curves = Array.from({ length: 8 }, (_, at) => ({ regime: `own ${at}`, settings: {}, values }))
    const sizes = [4, 8].map((widths) => ({ regime: 'backbone', settings: { 'network.widths': widths }, values }))
    const all = await ask([...curves, ...sizes])
    const series = all.series.map((each) =>
      each.regime === 'backbone' ? { ...each, exits: each.exits.slice(1) } : each,
    )
    const data = { ...all, series }
    expect(costCurvePlots(data, frame)).toHaveLength(1)
    const asked = { facets: 'network.widths' }
    expect(costCurvePlots(data, frame, asked)).toHaveLength(3)
    const lines = costCurveOption(data, frame, asked).series as { name: string; type: string; showSymbol: boolean }[]
    const dots = lines.filter(({ type, showSymbol }) => type === 'line' && showSymbol)
    expect(new Set(dots.map(({ name }) => name))).toEqual(new Set(['backbone · widths 4', 'backbone · widths 8']))
  })

  it('have the colour of their regime where each plot is of one, or a plot has more than five', async () => {
    const data = await ask()
    expect(looksByRegime(data, {})).not.toBeNull()
    expect(looksByRegime(data, { facets: 'training.learningRate' })).toBeNull()
    expect(looksByRegime(data, { facets: 'none' })).toBeNull()
  })

  it('have the same dash in every plot with the same values of the other settings', async () => {
    const pooled = fullSweep.filter(({ settings }) => settings['network.head'] === 'pooled')
    const data = await ask([...pooled, ...pooled.slice(0, 3).map((each) => ({ ...each, regime: 'disjoint' }))])
    const lines = costCurveOption(data, frame).series as { type: string; name: string; lineStyle: { color: string; type: unknown } }[] // prettier-ignore
    const looks = (end: string) => lines.filter(({ type, name, lineStyle }) => type === 'line' && name?.endsWith(end) && lineStyle.color !== figureColours.light.grid && lineStyle.type !== undefined) // prettier-ignore
    const [slow, fast] = ['0.001', '0.1'].map((end) =>
      looks(end).map(({ lineStyle }) => JSON.stringify(lineStyle.type)),
    )
    expect(new Set(slow).size).toBe(1)
    expect(new Set(fast).size).toBe(1)
    expect(slow![0]).not.toBe(fast![0])
    expect(new Set(looks('0.001').map(({ lineStyle }) => lineStyle.color)).size).toBe(3)
    // A piece of each line stands before its name.
    const graphic = costCurveOption(data, frame).graphic as { type: string; style: { lineWidth?: number; lineDash?: number[] } }[] // prettier-ignore
    const pieces = graphic.filter(({ type, style }) => type === 'polyline' && style.lineWidth === 1.5)
    expect(pieces).toHaveLength(data.series.length)
    expect(new Set(pieces.map(({ style }) => JSON.stringify(style.lineDash))).size).toBe(new Set([...slow!, ...fast!, looks('0.01').map(({ lineStyle }) => JSON.stringify(lineStyle.type))[0]]).size) // prettier-ignore
  })

  it('are in one plot up to seven, whose names it has room for', async () => {
    expect(await titles({}, fullSweep.slice(0, 7))).toEqual([null])
    expect(await titles({}, fullSweep.slice(0, 8))).toEqual(['joint', 'mixed'])
  })

  it('are in the plot of their value, with the best of each at the budget', async () => {
    const plots = costCurvePlots(await ask(), frame)
    expect(plots.map(({ series }) => series.length)).toEqual([6, 6])
    expect(plots.map((plot) => ('best' in plot ? plot.best?.name : null))).toEqual([
      'joint · head pooled, learning rate 0.01',
      'mixed · head conv, learning rate 0.01',
    ])
  })

  it('have the lowest as the best of a metric that is better when lower', async () => {
    const plots = costCurvePlots({ ...(await ask()), task: 'regression' }, frame)
    expect(plots.map((plot) => ('best' in plot ? plot.best?.name : null))).toEqual([
      'joint · head pooled, learning rate 0.001',
      'mixed · head pooled, learning rate 0.001',
    ])
  })

  it('are drawn in plots that do not overlap, within the figure, in any width', async () => {
    const data = await ask()
    for (const width of [240, 322, 668, 1200]) {
      const plots = costCurvePlots(data, { ...frame, width }).map(({ plot }) => plot)
      for (const { left, right, top, bottom } of plots) {
        expect(right - left).toBeGreaterThan(70)
        expect(bottom - top).toBeGreaterThan(60)
        expect(left).toBeGreaterThan(0)
        expect(right).toBeLessThanOrEqual(width)
        expect(bottom).toBeLessThan(frame.height)
      }
      const [first, second] = plots
      expect(first!.right <= second!.left || first!.bottom <= second!.top).toBe(true)
    }
  })

  it('show the series of other plots behind their own, and say what is drawn', async () => {
    const data = await ask()
    const option = costCurveOption(data, frame)
    expect((option.grid as object[]).length).toBe(2)
    const lines = (option.series as { type: string; data: unknown[]; xAxisIndex: number }[]).filter(
      ({ type, data: points, xAxisIndex }) => type === 'line' && points.length > 0 && xAxisIndex === 0,
    )
    expect(lines).toHaveLength(12)
    const texts = (option.graphic as { style?: { text?: string } }[]).flatMap(({ style }) => style?.text ?? [])
    expect(texts).toEqual(expect.arrayContaining(['Validation accuracy (%)', 'joint', 'mixed', '0.01, conv']))
    expect(texts.join(' ')).toContain('thick: best of a plot at 50\u00a0% · names: learning rate, head')
    const { height } = figure(data, { hidden: [], unit: 'macs', facets: 'training.learningRate' })
    expect(height!({ ...frame, width: 200 })).toBeGreaterThan(frame.height)
  })
})
