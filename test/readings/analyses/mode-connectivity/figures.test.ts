import { describe, expect, it } from 'vitest'
import { runPairs } from '../../../../src/readings/analyses/mode-connectivity/pairs.ts'
import {
  barrierHeatMap,
  barrierMatrixOption,
  barrierMatrixSentence,
  barrierRegimesHeatMap,
  barrierRegimesSentence,
} from '../../../../src/readings/analyses/mode-connectivity/figure/barriers.ts'
import {
  connectivityCurveOption,
  connectivityCurveSentence,
} from '../../../../src/readings/analyses/mode-connectivity/figure/curve.ts'
import {
  connectivityHeatMap,
  connectivityMapSentence,
  connectivityMapsOption,
} from '../../../../src/readings/analyses/mode-connectivity/figure/maps.ts'
import { barrierTable, connectivityTable } from '../../../../src/readings/analyses/mode-connectivity/table.ts'
import { textWidth, type FigureFrame } from '../../../../src/figures/plot.ts'
import type { AnalysedRun } from '../../../../src/shared/evaluation/analysis.ts'
import { measured, run } from '../../../support/measured-paths.ts'

const frame: FigureFrame = { width: 420, height: 240, theme: 'light' }
const test = { metric: 'loss', split: 'test' } as const
const [disjoint, joint, mixed] = [run('disjoint'), run('joint'), run('mixed')]
const pairs = runPairs([
  measured([disjoint, joint], { naive: 1.6, matched: 0.8 }),
  measured([disjoint, mixed], { naive: 0.4, matched: 0.1 }),
])
const pair = pairs[0]!
const texts = (elements: unknown): string[] =>
  (elements as { style?: { text?: string }; children?: unknown[] }[]).flatMap(({ style, children = [] }) => [
    ...(style?.text === undefined ? [] : [style.text]),
    ...texts(children),
  ])

describe('paths in bfloat16', () => {
  const result = { ...pair.members[0]!.result, precisionError: { ends: 0.002, middle: 0.001 } }
  const half = { ...pair, members: [{ ...pair.members[0]!, result }] }
  const reading = { path: 'naive', ...test } as const

  it('are named as such in every figure', () => {
    const options = [
      connectivityMapsOption({ pairs: [half], reading, clip: 2 }, frame),
      connectivityCurveOption({ pair: half, exit: null, ...reading }, frame),
      barrierMatrixOption({ pairs: [half], ...test, clip: 2 }, frame),
    ]
    for (const { graphic } of options) expect(texts(graphic).join('\n')).toContain(', in bfloat16')
    expect(connectivityMapSentence({ pair: half, reading, clip: 2 })).toContain('naive path, in bfloat16: mean')
    expect(barrierRegimesSentence({ pairs: [half], ...reading, exit: null, clip: 2 })).toContain('(nats), in bfloat16')
  })

  it('are named as such in the captions of tables, others are not', () => {
    expect(barrierTable([], [half], 'loss').caption).toMatch(/1 seed, in bfloat16\.$/)
    expect(connectivityTable([], [half], reading).caption).toMatch(/1 seed, in bfloat16\.$/)
    expect(barrierTable([], [pair], 'loss').caption).toMatch(/1 seed\.$/)
  })
})

describe('the heat map of a path', () => {
  it('has a row for each exit and, apart, their mean; colours end at the clip', () => {
    const map = connectivityHeatMap({ pair, reading: { path: 'matched', ...test }, clip: 2 })!
    expect(map.rows).toEqual(['exit 0', 'final', 'mean'])
    expect(map.values.map((row) => row[2])).toEqual([1.3, 2.1, 1.7].map((value) => expect.closeTo(value, 12)))
    expect(map).toMatchObject({ low: 0, high: 2, clipped: true, strong: { rows: [2] } })
  })

  it('is described by its result', () => {
    expect(connectivityMapSentence({ pair, reading: { path: 'naive', ...test }, clip: 2 })).toBe(
      'disjoint – joint, naive path: mean test loss (nats) of the exits 0.50 and 0.50 at the ends, barrier 2.40, at λ = 0.50; the most at final, 3.20.',
    )
  })

  it('stands beside those of other pairs, each under its name', () => {
    const option = connectivityMapsOption(
      { pairs, reading: { path: 'naive', ...test }, clip: 2 },
      { ...frame, width: 800 },
    )
    expect(texts(option.graphic)).toEqual(expect.arrayContaining(['disjoint – joint', 'disjoint – mixed', '≥ 2.0']))
    expect(option.series).toHaveLength(2)
  })

  it('cuts names that would run into the next pair', () => {
    const series = (rate: string) => ({
      ...run('mixed', 1),
      id: rate,
      series: `mixed · head convolutional, learning rate ${rate}`,
    })
    const ends = ['0.0001', '0.001', '0.01'].map(series) as [AnalysedRun, AnalysedRun, AnalysedRun]
    const long = runPairs([
      measured([ends[0], ends[1]], { naive: 1, matched: 1 }),
      measured([ends[0], ends[2]], { naive: 1, matched: 1 }),
    ])
    const data = { pairs: long, reading: { path: 'naive', ...test }, clip: 2 } as const
    const all = texts(connectivityMapsOption(data, { ...frame, width: 720 }).graphic)
    const titles = all.filter((text) => text.startsWith('mixed'))
    expect(titles).toHaveLength(2)
    expect(new Set(titles).size).toBe(titles.length)
    for (const title of titles) expect(textWidth(title)).toBeLessThan(340)
  })

  it('shares one colour bar with the others, and three stand in one row or one column', () => {
    const three = runPairs([
      measured([disjoint, joint], { naive: 1.6, matched: 0.8 }),
      measured([disjoint, mixed], { naive: 0.4, matched: 0.1 }),
      measured([joint, mixed], { naive: 0.4, matched: 0.1 }),
    ])
    const placed = (width: number) => {
      const data = { pairs: three, reading: { path: 'naive', ...test }, clip: 2 } as const
      const { graphic } = connectivityMapsOption(data, { ...frame, width, height: 440 })
      expect(texts(graphic).filter((text) => text === '≥ 2.0')).toHaveLength(1)
      const groups = (graphic as { type: string; x: number }[]).filter(({ type }) => type === 'group')
      return new Set(groups.map(({ x }) => x)).size
    }
    expect(placed(720)).toBe(1)
    expect(placed(1200)).toBe(3)
  })
})

describe('the curves of a path', () => {
  const curve = { pair, exit: null, path: 'matched', ...test } as const

  it('name the barrier of the naive and of the matched path', () => {
    expect(texts(connectivityCurveOption(curve, frame).graphic)).toEqual(
      expect.arrayContaining([
        'naive, barrier 2.40',
        'matched, barrier 1.20',
        'disjoint – joint: mean test loss (nats) over exits',
      ]),
    )
    expect(connectivityCurveSentence(curve)).toContain('naive, barrier 2.40; matched, barrier 1.20.')
  })

  it('have one name where matching changed nothing', () => {
    const [same] = runPairs([measured([disjoint, joint], { naive: 0.8, matched: 0.8 })])
    expect(texts(connectivityCurveOption({ ...curve, pair: same! }, frame).graphic)).toContain(
      'naive and matched, barrier 1.20',
    )
  })

  it('are of one exit, or of all exits of one path', () => {
    expect(texts(connectivityCurveOption({ ...curve, exit: 1 }, { ...frame, key: false }).graphic)).toEqual(
      expect.arrayContaining(['naive, barrier 3.20', 'test loss (nats) of the final classifier']),
    )
    const all = texts(connectivityCurveOption({ ...curve, exit: 'all' }, frame).graphic)
    expect(all).toEqual(expect.arrayContaining(['exit 0', 'final', 'matched mean, barrier 1.20']))
  })

  it('leave room above the highest point, the same for all that share an axis', () => {
    const axis = (changes: object) => connectivityCurveOption({ ...curve, ...changes }, frame).yAxis
    expect(axis({})).toMatchObject({ min: 0, max: 4 })
    expect(axis({ range: { low: 0, high: 9 } })).toMatchObject({ min: 0, max: 12 })
    // From 71 to 95 %: lines need not begin at zero.
    expect(axis({ metric: 'accuracy' })).toMatchObject({ min: 65, max: 95 })
  })
})

describe('barriers', () => {
  it('are two rows a pair, exits then their mean', () => {
    const map = barrierHeatMap({ pairs, ...test, clip: 2 })
    expect(map.rowGroups).toEqual(['disjoint – joint', null, 'disjoint – mixed', null])
    expect(map.rows).toEqual(['naive', 'matched', 'naive', 'matched'])
    expect(map.values[1]).toEqual([0.8, 1.6, 1.2].map((value) => expect.closeTo(value, 12)))
    expect(map).toMatchObject({ gapsAfter: [1], strong: { columns: [2] } })
  })

  it('exist between regimes too, but not of a run with itself or where no path was measured', () => {
    const map = barrierRegimesHeatMap({ pairs, ...test, clip: 2, path: 'matched', exit: 0 })
    expect(map.rows).toEqual(['disjoint', 'joint', 'mixed'])
    const [a, b] = [expect.closeTo(0.8, 12), expect.closeTo(0.1, 12)]
    expect(map.values).toEqual([
      [null, a, b],
      [a, null, null],
      [b, null, null],
    ])
  })

  it('are described from the best connected to the worst', () => {
    expect(barrierMatrixSentence({ pairs, ...test, clip: 2 })).toBe(
      'Barriers of test loss (nats), mean of the exits after matching units: the best connected pair is disjoint – mixed 0.15, the furthest apart disjoint – joint 1.20.',
    )
    expect(barrierRegimesSentence({ pairs, ...test, clip: 2, path: 'naive', exit: null })).toMatch(
      /disjoint – mixed 0\.60, disjoint – joint 2\.40\.$/,
    )
  })
})
