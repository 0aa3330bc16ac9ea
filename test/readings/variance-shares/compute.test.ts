import { describe, expect, it } from 'vitest'
import { compute } from '../../../src/readings/variance-shares/compute.ts'
import { figure, varianceSharesOption } from '../../../src/readings/variance-shares/figure.ts'
import type { VarianceSharesAnswer } from '../../../src/readings/variance-shares/schema.ts'
import { varianceShares } from '../../../src/readings/variance-shares/index.ts'
import { table } from '../../../src/readings/variance-shares/table.ts'
import { numbersFrom } from '../../support/numbers.ts'
import { fullSweep, madeSweep, type MadeSeries } from '../made-sweep.ts'

const ask = (series: readonly MadeSeries[]) => compute(madeSweep(series), varianceShares.question.parse({}))
const sharesOf = async (series: readonly MadeSeries[], scope = 0) =>
  Object.fromEntries((await ask(series)).scopes[scope]!.shares.map(({ name, share }) => [name, share]))

/** Texts of the figure beside its axes. */
function wordsOf(answer: VarianceSharesAnswer): string[] {
  const option = varianceSharesOption(answer, { width: 400, height: 320, theme: 'light' })
  return (option.graphic as { style?: { text?: string } }[]).flatMap(({ style }) => style?.text ?? [])
}

describe('shares of the variance', () => {
  it('are sums of squares between levels over that of all values', async () => {
    // By hand, a value for each of 36 = 12 series × 3 seeds: squares of deviations from the mean of all.
    const squares = {
      // The regimes are 20 + 3 apart, as conv adds 6 to half of mixed.
      regime: 36 * 11.5 ** 2,
      'learning rate': 12 * (2 ** 2 + 2 ** 2),
      // conv adds 3 on average.
      head: 36 * 1.5 ** 2,
      interactions: 36 * 1.5 ** 2,
      seeds: 12 * 0.5,
    }
    const total = Object.values(squares).reduce((sum, each) => sum + each, 0)
    const found = await sharesOf(fullSweep)
    for (const [name, sum] of Object.entries(squares)) expect(found[name]).toBeCloseTo((100 * sum) / total, 9)
  })

  it('stand beside what noise alone explains on average, by the numbers of levels', async () => {
    // 24 series × 2 seeds: 1 + 2 + 3 + 17 of 47 degrees of freedom are of series.
    const noise = numbersFrom(3)
    const rates = [0.1, 0.2, 0.3, 0.4]
    const draw = (): MadeSeries[] =>
      ['joint', 'mixed'].flatMap((regime) =>
        ['pooled', 'conv', 'gpf'].flatMap((head) =>
          rates.map((rate) => ({
            regime,
            settings: { 'network.head': head, 'training.learningRate': rate },
            values: [100 * noise(), 100 * noise()],
          })),
        ),
      )
    const draws = 200
    const means = new Map<string, number>()
    let expected: Record<string, number> = {}
    for (let time = 0; time < draws; time++) {
      const { shares } = (await ask(draw())).scopes[0]!
      for (const { name, share } of shares) means.set(name, (means.get(name) ?? 0) + share / draws)
      expected = Object.fromEntries(shares.map(({ name, noise }) => [name, noise]))
    }
    const degrees = { regime: 1, head: 2, 'learning rate': 3, interactions: 17, seeds: 24 }
    for (const [name, count] of Object.entries(degrees)) {
      expect(expected[name]).toBeCloseTo((100 * count) / 47, 9)
      expect(Math.abs(means.get(name)! - expected[name]!)).toBeLessThan(2)
    }
  })

  it('are none of one seed, without which there is no noise to tell settings from', async () => {
    const one = fullSweep.map((series) => ({ ...series, values: series.values.slice(0, 1) }))
    for (const { shares, caveat } of (await ask(one)).scopes)
      expect([shares, caveat]).toEqual([
        [],
        'These series have one seed in common. With one there is no noise to tell from settings, which would explain everything. Train two seeds or more.',
      ])
  })

  it('add up to 100 %, over all series and within the regime of the best', async () => {
    const { scopes } = await ask(fullSweep)
    expect(scopes.map(({ title, seriesCount, seedCount }) => [title, seriesCount, seedCount])).toEqual([
      ['all series', 12, 3],
      ['within mixed', 6, 3],
    ])
    for (const { shares } of scopes) expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100, 9)
  })

  it('name the interaction of two settings by both', async () => {
    const within = await sharesOf(fullSweep, 1)
    expect(Object.keys(within)).toEqual(['learning rate', 'head', 'learning rate × head', 'seeds'])
    expect(within['learning rate × head']).toBeCloseTo(0, 9)
  })

  it('have an interval over three seeds or more, within 0 and 100 %', async () => {
    const noisy = fullSweep.map((series, at) => ({
      ...series,
      values: [0, 1, 2].map((seed) => series.values[0]! + ((7 * at + 5 * seed) % 4)),
    }))
    for (const { share, interval } of (await ask(noisy)).scopes[0]!.shares) {
      const [low, high] = interval!
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(100)
      expect(share).toBeGreaterThanOrEqual(low)
      expect(share).toBeLessThanOrEqual(high)
    }
    const two = fullSweep.map((series) => ({ ...series, values: series.values.slice(0, 2) }))
    const ofTwo = await ask(two)
    expect(ofTwo.scopes[0]!.shares.map(({ interval }) => interval)).toEqual(Array(5).fill(null))
    expect(table(ofTwo).caption).toContain('over that of all values, without intervals, which take 3 seeds.')
    expect(table(await ask(noisy)).caption).toContain('with 95\u00a0% intervals by the jackknife over seeds.')
  })

  it('are the jackknife of seeds by hand, of one setting', async () => {
    const [a, b] = [
      [10, 12, 11],
      [20, 21, 25],
    ]
    const series = [a, b].map((values, at) => ({ regime: 'joint', settings: { 'training.epochs': at + 1 }, values }))
    const share = (left: number | null) => {
      const rows = [a, b].map((row) => row!.filter((_, seed) => seed !== left))
      const means = rows.map((row) => row.reduce((sum, each) => sum + each, 0) / row.length)
      const centre = (means[0]! + means[1]!) / 2
      const between = rows[0]!.length * ((means[0]! - centre) ** 2 + (means[1]! - centre) ** 2)
      return (100 * between) / rows.flat().reduce((sum, each) => sum + (each - centre) ** 2, 0)
    }
    const without = [0, 1, 2].map(share)
    const middle = without.reduce((sum, each) => sum + each, 0) / 3
    const error = Math.sqrt((2 / 3) * without.reduce((sum, each) => sum + (each - middle) ** 2, 0))
    const [found] = (await ask(series)).scopes[0]!.shares
    expect(found!.share).toBeCloseTo(share(null), 9)
    // t of 95 % with two degrees of freedom is 4.302653.
    expect(found!.interval![0]).toBeCloseTo(share(null) - 4.302653 * error, 3)
  })

  it('are none of a design with holes, which is said', async () => {
    const { scopes } = await ask(fullSweep.slice(1))
    expect(scopes[0]).toMatchObject({ shares: [], caveat: expect.stringContaining('11 of 12 combinations') as string })
    expect(scopes[1]!.shares.length).toBeGreaterThan(0)
    expect(table(await ask(fullSweep.slice(1))).legend).toEqual([
      expect.stringContaining('All series: The design is unbalanced'),
    ])
    const words = wordsOf(await ask(fullSweep.slice(1)))
    expect(words).toContain('All series, 11')
    expect(words.join(' ')).toContain('The design is unbalanced')
  })

  it('are none where all values are equal, whatever rounding makes of their mean', async () => {
    // The mean of 36 such values is not exactly the value.
    const equal = fullSweep.map((series) => ({ ...series, values: [84.67, 84.67, 84.67] }))
    for (const { shares, caveat } of (await ask(equal)).scopes)
      expect([shares, caveat]).toEqual([[], 'All values are equal: there is no variance to explain.'])
  })

  it('are those of the seeds that all series have', async () => {
    const odd = fullSweep.map((series, at) => (at === 0 ? { ...series, values: series.values.slice(0, 2) } : series))
    expect((await ask(odd)).scopes[0]!.seedCount).toBe(2)
  })

  it('are tabulated and drawn, on the samples that they were read on', async () => {
    const answer = await ask(fullSweep)
    expect(table(answer).caption).toContain(
      'Variance of validation accuracy at 50\u202f% that each setting explains of sweep',
    )
    expect(table(answer).blocks.map(({ title, rows }) => [title, rows.length])).toEqual([
      ['All series, 12', 5],
      ['Within mixed, 6', 4],
    ])
    const [first] = table(answer).blocks[0]!.rows
    // One of the 35 degrees of freedom of 36 values.
    expect(first!.cells.at(-1)!.printed.text).toBe('2.9')
    expect(wordsOf(answer)).toEqual(expect.arrayContaining(['All series, 12', expect.stringMatching(/^9\d \[\d+, \d+\]$/)])) // prettier-ignore
    expect(figure(answer).sentence).toMatch(/^all series: regime 9\d\.\d %, learning rate/)
  })

  it('are drawn as high as their rows take, whatever the height of figures', async () => {
    const { height } = figure(await ask(fullSweep))
    // Two titles, five shares of all series, and four within the best regime.
    const low = height!({ width: 320, height: 100, theme: 'light' })
    expect(low).toBeGreaterThan(11 * 14)
    expect(height!({ width: 320, height: 1000, theme: 'light' })).toBe(1000)
  })
})
