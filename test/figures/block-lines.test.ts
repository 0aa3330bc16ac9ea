import { describe, expect, it } from 'vitest'
import type { BlockLinesData } from '../../src/figures/block-lines-data.ts'
import { blockLinesOption, blockLinesSentence } from '../../src/figures/block-lines.ts'
import type { FigureFrame } from '../../src/figures/plot.ts'
import { regimeStyles } from '../../src/figures/regimes.ts'

const frame: FigureFrame = { width: 520, height: 320, theme: 'light' }
const points = (...means: number[]) => means.map((mean, block) => ({ block, mean, std: 2 }))
const data: BlockLinesData = {
  title: 'Numerical rank (directions)',
  subject: 'Numerical rank',
  decimals: 1,
  fromZero: true,
  blockCount: 3,
  exits: [0, 2, 2],
  lines: [
    { regime: 'disjoint', series: 'disjoint', look: null, seeds: [1, 2, 3], points: points(20, 60, 40) },
    { regime: 'joint', series: 'joint', look: null, seeds: [1, 2, 3], points: points(30, 50, 30) },
  ],
  limit: { name: 'full rank', points: [0, 1, 2].map((block) => ({ block, value: block === 2 ? 64 : 80 })) },
  note: 'toy · 2 000 test images',
}

interface Drawn {
  type: string
  name?: string
  data?: number[][]
  min?: number
  max?: number
  x?: number
  y?: number
  lineStyle?: { color: string; type: unknown }
  style?: { text?: string }
}

function drawn(of: BlockLinesData, changes: Partial<FigureFrame> = {}) {
  const option = blockLinesOption(of, { ...frame, ...changes }) as unknown as Record<string, Drawn[]>
  const series = option['series']!
  const texts = option['graphic']!.filter(({ style }) => style?.text !== undefined)
  return {
    lines: series.filter(({ type, name }) => type === 'line' && name !== undefined && name !== 'full rank'),
    limits: series.filter(({ name }) => name === 'full rank'),
    bands: series.filter(({ type }) => type === 'custom'),
    y: option['yAxis'] as unknown as Drawn,
    texts,
    words: texts.map(({ style }) => style!.text),
  }
}

describe('a figure by block', () => {
  it('has a line for each regime in its colour and dash, with its name and a band of ±1 standard deviation', () => {
    const { lines, bands, words } = drawn(data)
    expect(lines.map(({ name, data: at }) => [name, at])).toEqual([
      [
        'disjoint',
        [
          [0, 20],
          [1, 60],
          [2, 40],
        ],
      ],
      [
        'joint',
        [
          [0, 30],
          [1, 50],
          [2, 30],
        ],
      ],
    ])
    expect(lines[1]!.lineStyle).toMatchObject({ color: regimeStyles.joint.line.light, type: [2.5, 2.5] })
    expect(bands[0]!.data).toEqual([
      [0, 22],
      [1, 62],
      [2, 42],
      [2, 38],
      [1, 58],
      [0, 18],
    ])
    expect(words).toEqual(
      expect.arrayContaining(['disjoint', 'joint', 'mean ± 1 std over 3 seeds', 'toy · 2 000 test images']),
    )
  })

  it('writes below the blocks which exits read them', () => {
    const { texts } = drawn(data)
    const at = (text: string) => texts.filter(({ style }) => style!.text === text)
    const [block, exit] = at('0').toSorted((a, b) => a.y! - b.y!)
    expect(exit!.x).toBe(block!.x)
    expect(at('1, final')[0]!.x).toBe(at('2')[0]!.x)
    expect(at('1, final')[0]!.y).toBe(exit!.y)
  })

  it('names only the exits for which there is room, and always the final one', () => {
    const many = { ...data, blockCount: 40, exits: Array.from({ length: 40 }, (_, block) => block) }
    const { texts } = drawn(many)
    const exits = texts.filter(
      ({ y, style }) => y === texts.find((each) => each.style!.text === 'final')!.y && style!.text !== 'exit',
    )
    expect(exits[0]!.style!.text).toBe('final')
    const places = exits.map(({ x }) => x!)
    expect(exits.length).toBeGreaterThan(5)
    for (const [i, place] of places.slice(1).entries()) expect(places[i]! - place).toBeGreaterThan(12)
  })

  it('draws the limit where it is near, and names it above the plot where it is far', () => {
    const near = drawn(data)
    expect(near.limits[0]!.data).toEqual([
      [-0.25, 80],
      [0, 80],
      [1, 80],
      [2, 64],
      [2.25, 64],
    ])
    expect(near.words).toContain('full rank 64 to 80')
    const entropy = { name: 'entropy', points: [{ block: 0, value: 66.4385 }] }
    expect(drawn({ ...data, limit: entropy }).words).toContain('entropy 66.44')
    const far = drawn({ ...data, limit: { name: 'full rank', points: [{ block: 0, value: 1024 }] } })
    expect(far.limits).toEqual([])
    expect(far.words).toContain('↑ full rank 1,024')
    expect(far.y.max).toBeLessThan(100)
  })

  it('starts at zero only if told to', () => {
    expect(drawn(data).y.min).toBe(0)
    const floating = { ...data, fromZero: false, limit: null }
    expect(drawn(floating).y.min).toBe(10)
  })

  it('states where regimes differ in their seeds, and has no band with one seed', () => {
    const one = {
      regime: 'mixed' as const,
      series: 'mixed',
      look: null,
      seeds: [1],
      points: [{ block: 0, mean: 5, std: null }],
    }
    const { words, bands } = drawn({ ...data, lines: [data.lines[0]!, one] })
    expect(words).toEqual(expect.arrayContaining(['disjoint, n = 3', 'mixed, n = 1']))
    expect(bands.map(({ name }) => name)).toEqual(['disjoint'])
  })

  it('leaves key and note to the page if told to', () => {
    const { words } = drawn(data, { key: false })
    expect(words).not.toContain('toy · 2 000 test images')
    expect(words).not.toContain('mean ± 1 std over 3 seeds')
  })

  it('draws axes alone while there is no value', () => {
    const { lines, words } = drawn({ ...data, lines: [] })
    expect(lines).toEqual([])
    expect(words).toContain('1, final')
    expect(blockLinesSentence({ ...data, lines: [] })).toBe('Numerical rank by block: not computed yet.')
  })

  it('is described in words', () => {
    expect(blockLinesSentence(data)).toBe(
      'Numerical rank at the output of 3 blocks, full rank 64 to 80. ' +
        'disjoint: 20.0 at block 0, 60.0 at its highest (block 1), 40.0 at block 2. ' +
        'joint: 30.0 at block 0, 50.0 at its highest (block 1), 30.0 at block 2.',
    )
  })

  it('draws the deviation of a single block as a bar', () => {
    const one = { ...data, blockCount: 1, exits: [0], limit: null }
    const lines = data.lines.map((line) => ({ ...line, points: line.points.slice(0, 1) }))
    const [bar] = drawn({ ...one, lines }).bands
    expect(bar!.data).toEqual([[0, 18]])
  })
})
