import { describe, expect, it } from 'vitest'
import { svgFigure } from '../../src/main/host/exports/writers/figure-svg.ts'
import { exitColour } from '../../src/figures/exit-colours.ts'
import { exitCurvesOption, exitCurvesSentence, type ExitCurvesData } from '../../src/figures/exit-curves.ts'
import type { FigureFrame } from '../../src/figures/plot.ts'

const points = (...values: number[]) => values.map((value, index) => ({ epoch: index + 1, value }))
const data: ExitCurvesData = {
  quantity: { title: 'Validation accuracy (%)', unit: '%', decimals: 1, lowest: 0, range: [0, 100] },
  phase: 'phase 2 of 2: all exits',
  keptEpoch: 2,
  exitCount: 3,
  phases: [{ name: 'all exits', after: 0 }],
  exits: [
    { exit: 0, label: 'exit 0', points: points(40, 52.5, 52) },
    { exit: 1, label: 'exit 1', points: points(50, 68.125, 68) },
    { exit: 2, label: 'final', points: points(50, 68, 68.24) },
  ],
}
const frame: FigureFrame = { width: 560, height: 260, theme: 'light' }
const drawn = (of: ExitCurvesData, at = frame) => svgFigure(exitCurvesOption(of, at), at, exitCurvesSentence(of))

/** Texts of the drawing with their places. */
function texts(svg: string) {
  return [...svg.matchAll(/<text [^>]*?transform="translate\(([\d.-]+) ([\d.-]+)\)"[^>]*>([^<]*)<\/text>/g)].map(
    ([, x, y, text]) => ({ x: Number(x), y: Number(y), text: text! }),
  )
}

describe('the figure', () => {
  it('names every exit with its last value, far enough apart to be read', () => {
    const names = texts(drawn(data)).filter(({ text }) => /^(exit \d|final) /.test(text))
    expect(names.map(({ text }) => text).sort()).toEqual(['exit 0 52.0', 'exit 1 68.0', 'final 68.2'])
    const heights = names.map(({ y }) => y).sort((a, b) => a - b)
    for (const [i, y] of heights.entries()) if (i > 0) expect(y - heights[i - 1]!).toBeGreaterThanOrEqual(13)
  })

  it('draws each exit in the colour of its depth', () => {
    for (const exit of [0, 1, 2]) expect(drawn(data)).toContain(`stroke="${exitColour(exit, 3, 'light')}"`)
  })

  it('names what its axes count, and the epoch of the kept weights', () => {
    const all = texts(drawn(data)).map(({ text }) => text)
    expect(all).toEqual(
      expect.arrayContaining([
        'Validation accuracy (%)',
        'Epoch (phase 2 of 2: all exits)',
        'best checkpoint: epoch 2',
      ]),
    )
  })

  it('has axes but no curves before the first epoch', () => {
    const empty = texts(drawn({ ...data, keptEpoch: null, exits: [] })).map(({ text }) => text)
    expect(empty).toEqual(expect.arrayContaining(['0', '100', 'Validation accuracy (%)']))
  })

  it('shows a single epoch as dots', () => {
    const single = data.exits.map((exit) => ({ ...exit, points: exit.points.slice(0, 1) }))
    const { series } = exitCurvesOption({ ...data, keptEpoch: 1, exits: single }, frame)
    expect(series).toMatchObject([{}, { showSymbol: true }, { showSymbol: true }, { showSymbol: true }])
  })

  it('names the phases where there are several', () => {
    const phases = [
      { name: 'backbone', after: 0 },
      { name: 'all exits', after: 2 },
    ]
    const svg = drawn({ ...data, phase: 'all phases', phases })
    expect(texts(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['backbone', 'all exits']))
  })

  it('keeps its texts inside the figure, however small it is', () => {
    const small = { ...frame, width: 320, height: 180 }
    for (const { x, y } of texts(drawn(data, small))) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThan(320)
      expect(y).toBeLessThan(180)
    }
  })
})

describe('the sentence', () => {
  it('gives the last value of every exit', () => {
    expect(exitCurvesSentence(data)).toBe(
      'Validation accuracy by epoch (phase 2 of 2: all exits), after epoch 3: exit 0 52.0 %, exit 1 68.0 %, final 68.2 %. Best checkpoint: epoch 2.',
    )
  })

  it('states that there is nothing yet', () => {
    expect(
      exitCurvesSentence({ ...data, quantity: { ...data.quantity, title: 'Training loss (nats)' }, exits: [] }),
    ).toBe('Training loss by epoch (phase 2 of 2: all exits): no epoch is complete yet.')
  })
})

it('gives the shallowest and the deepest exit the ends of the scale, whatever lies between', () => {
  expect(exitColour(0, 8, 'light')).toBe('#b08a00')
  expect(exitColour(4, 8, 'light')).toBe('#23799a')
  expect(exitColour(15, 16, 'dark')).toBe('#b08be6')
  expect(exitColour(0, 1, 'light')).toBe('#4d2378')
})
