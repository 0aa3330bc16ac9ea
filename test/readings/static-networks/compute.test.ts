import { describe, expect, it } from 'vitest'
import type { EvaluationSummary, SplitSummary } from '../../../src/engine/evaluation/evaluation-summary.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import { compute } from '../../../src/readings/static-networks/compute.ts'
import { figure } from '../../../src/readings/static-networks/figure.ts'
import { staticNetworksQuestion } from '../../../src/readings/static-networks/schema.ts'
import { table } from '../../../src/readings/static-networks/table.ts'
import { answerSentence } from '../../../src/readings/static-networks/words.ts'
import type { ReadSplit } from '../../../src/shared/evaluation/read-on.ts'
import { printedTable } from '../../support/printed-table.ts'
import { read } from '../made-sweep.ts'

const split = (costs: number[], values: number[], exitValues: number[]): SplitSummary => ({
  sampleCount: 100,
  curve: {
    thresholds: Float64Array.from(costs.keys()),
    costs: Float64Array.from(costs),
    values: Float64Array.from(values),
  },
  exitValues,
  overthinking: null,
})

/** Early exit of a backbone of 100 M: 70, 80, 90 % at 20, 50, 90 M, by a hundredth more at each later seed, in ± `spread`. */
function early(seed: number, values = [0.7, 0.8, 0.9]): EvaluationSummary {
  const shifted = values.map((value) => value + 0.001 * seed * (seed % 2 ? 1 : -1))
  const of = split([20e6, 50e6, 90e6], shifted, [shifted[0]!, shifted[2]!])
  return {
    ...{ id: `mixed-${seed}`, experiment: 'exits', regime: 'mixed', series: 'mixed', seed, rule: 'confidence' },
    ...{ exitCosts: [20e6, 120e6], exitBlocks: [0, null], backboneCost: 100e6, validation: of, test: of },
  }
}

/** A plain network. */
function plain(
  series: string,
  seed: number,
  { cost, validation, test }: { cost: number; validation: number; test: number },
) {
  const of = (value: number) => split([cost], [value], [value])
  return {
    ...{ id: `${series}-${seed}`, experiment: 'plain', regime: 'backbone', series, seed, rule: 'confidence' },
    ...{ exitCosts: [cost], exitBlocks: [null], backboneCost: cost, testOpenedAt: Date.UTC(2026, 0, 1) },
    ...{ validation: of(validation), test: of(test) },
  } satisfies EvaluationSummary
}

const seeds = [1, 2, 3]
const small = seeds.map((seed) => plain('small', seed, { cost: 25e6, validation: 0.75, test: 0.76 }))
const medium = seeds.map((seed) => plain('medium', seed, { cost: 50e6, validation: 0.74, test: 0.99 }))
const large = seeds.map((seed) => plain('large', seed, { cost: 95e6, validation: 0.85, test: 0.86 }))
const runs = [...seeds.map((seed) => early(seed)), ...small, ...medium, ...large]

const sourcesOf = (all: readonly EvaluationSummary[], other: readonly string[] = []) =>
  ({
    runs: ({ split }: { split?: ReadSplit }) => Promise.resolve(read(all, split)),
    ruleOf: () => 'confidence',
    data: (ids: string[]) => new Map(ids.map((id) => [id, other.includes(id) ? 'other data' : 'data'])),
  }) as unknown as ReadingSources
const question = staticNetworksQuestion.parse({ budgets: [0.2, 0.25, 0.5, 1, null] })
const ask = (all = runs, other: readonly string[] = []) => compute(sourcesOf(all, other), question)

describe('multi-exit series beside static networks', () => {
  it('are held against the best on validation samples within each budget of their own backbone, which test samples do not choose', async () => {
    const { series, networks } = await ask()
    expect(networks.map(({ name, cost }) => [name, cost])).toEqual([
      ['small', 25e6],
      ['medium', 50e6],
      ['large', 95e6],
    ])
    expect(series.map(({ series: name }) => name)).toEqual(['mixed'])
    const [mixed] = series
    expect(mixed!.atBudgets.map(({ budget, limit, network }) => [budget, limit, network])).toEqual([
      [0.2, 20e6, null],
      [0.25, 25e6, 'small'],
      [0.5, 50e6, 'small'],
      [1, 100e6, 'large'],
    ])
    // Better on test samples, but not on validation samples.
    expect(mixed!.best).toEqual(['small', 'small', 'large'])
  })

  it('have paired differences, corrected for their budgets', async () => {
    const { atBudgets } = (await ask()).series[0]!
    const [none, first, second, third] = atBudgets.map(({ difference }) => difference)
    expect(none).toBeNull()
    // Seeds 1, 2, 3 have 70.1, 69.8 and 70.3 %.
    expect(first!.difference).toBeCloseTo((70.1 + 69.8 + 70.3) / 3 - 76, 9)
    expect(second!.difference).toBeCloseTo((80.1 + 79.8 + 80.3) / 3 - 76, 9)
    expect(third!.pairCount).toBe(3)
    // All three have one deviation, so that the smallest difference has the largest p, which counts once.
    expect(third!.adjustedP).toBeCloseTo(Math.max(third!.p!, second!.adjustedP!), 12)
  })

  it('are answered in a sentence, which may be no', async () => {
    const answer = await ask()
    expect(answerSentence(answer)).toBe(
      'Is early exit better than a smaller network? mixed: yes at 50\u202f% and 100\u202f% (by 4.07, 4.07 points); no at 25\u202f% (by 5.93 points); nothing to compare at 20\u202f%.'.replace(
        '4.07, 4.07',
        '4.07',
      ),
    )
    const worse = await ask([...seeds.map((seed) => early(seed, [0.5, 0.6, 0.7])), ...small, ...medium, ...large])
    expect(answerSentence(worse)).toMatch(/mixed: no at 25\u202f%, 50\u202f% and 100\u202f%/)
    const few = await ask(runs.filter(({ seed }) => seed < 3))
    expect(answerSentence(few)).toMatch(
      /mixed: not tested at 25\u202f%, 50\u202f% and 100\u202f%; nothing to compare at 20\u202f%/,
    )
  })

  it('are counted where they are too many for a sentence each', async () => {
    const answer = await ask()
    const [mixed] = answer.series
    const eight = Array.from({ length: 8 }, (_, at) => ({ ...mixed!, series: `mixed ${at}` }))
    expect(answerSentence({ ...answer, series: eight })).toBe(
      'Is early exit better than a smaller network? At 20\u202f%: nothing to compare for 8 series. At 25\u202f%: no for 8 series. ' +
        'At 50\u202f%: yes for 8 series. At 100\u202f%: yes for 8 series.',
    )
  })

  it('are a table with a row for each budget, and a figure', async () => {
    const answer = await ask()
    const rows = printedTable(table(answer, question))
    expect(rows[0]).toEqual(['Budget', 'Better', 'Best static network', 'Its value', 'Series', 'Δ', 'p (Holm)'])
    expect(rows[1]).toEqual(['20\u202f%, 20.0 M', 'no static network', '–', '–', '70.07 ± 0.25', '–', '–'])
    expect(rows[3]!.slice(0, 5)).toEqual([
      ...['50\u202f%, 50.0 M', 'early exit', 'small, 25.0 M'],
      ...['76.00 ± 0.00', '80.07 ± 0.25'],
    ])
    const drawn = figure(answer, question)
    expect(drawn.sentence).toBe(answerSentence(answer))
    const { series } = 'option' in drawn ? drawn.option({ width: 480, height: 300, theme: 'light' }) : { series: [] }
    const steps = (series as { name: string; step?: string; data: number[][] }[]).find(({ step }) => step === 'end')!
    // 103 % of the largest cost, where the line ends.
    expect(steps.data).toEqual([
      [25, 76],
      [50, 76],
      [95, 86],
      [97.85, 86],
    ])
  })

  it('are read on validation samples while the test values of the sizes are closed', async () => {
    const answer = await ask(runs.map(({ testOpenedAt: _, ...run }) => run))
    expect(answer.readOn).toBe('validation')
    expect(answer.networks.map(({ test }) => test.mean)).toEqual([75, 74, 85])
    expect(table(answer, question).caption).toContain('validation accuracy (%)')
  })

  it('take the bare backbone of a regime that freezes it for a static network', async () => {
    const frozen = seeds.map((seed) => ({
      ...early(seed),
      id: `mine-${seed}`,
      regime: 'mine',
      series: 'mine',
      isBareBackbone: true as const,
    }))
    const { networks } = await ask([...frozen, ...seeds.map((seed) => early(seed))])
    expect(networks).toMatchObject([{ name: 'bare backbone of mine', cost: 100e6 }])
  })

  it('take one that is the bare backbone of a regime, too, for one network, with the name of its own', async () => {
    const whole = seeds.map((seed) => plain('whole', seed, { cost: 100e6, validation: early(seed).validation.exitValues.at(-1)!, test: early(seed).test.exitValues.at(-1)! })) // prettier-ignore
    const frozen = seeds.map((seed) => ({ ...early(seed), id: `mine-${seed}`, regime: 'mine', series: 'mine', isBareBackbone: true as const })) // prettier-ignore
    const namesOf = async (...all: EvaluationSummary[]) => (await ask(all)).networks.map(({ name }) => name)
    expect(await namesOf(...frozen, ...whole)).toEqual(['whole'])
    // Trained otherwise at one seed.
    const other = whole.map((run) => (run.seed === 3 ? plain('whole', 3, { cost: 100e6, validation: 0.5, test: 0.5 }) : run)) // prettier-ignore
    expect(await namesOf(...frozen, ...other)).toEqual(['bare backbone of mine', 'whole'])
  })

  it('are not held against networks on other data, and are refused without any', async () => {
    const other = large.map(({ id }) => id)
    expect((await ask(runs, other)).networks.map(({ name }) => name)).toEqual(['small', 'medium'])
    await expect(ask(seeds.map((seed) => early(seed)))).rejects.toThrow(
      /no static network to compare with.*regimes: \[backbone\]/,
    )
    await expect(ask(small)).rejects.toThrow(/only static networks/)
  })
})
