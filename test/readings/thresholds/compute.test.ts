import { describe, expect, it } from 'vitest'
import { whatIf } from '../../../src/readings/what-if/compute/what-if.ts'
import { binomialCdf, exactInterval, lossesOf } from '../../../src/readings/thresholds/compute/risk-control.ts'
import { compute } from '../../../src/readings/thresholds/compute.ts'
import { figure } from '../../../src/readings/thresholds/figure.ts'
import { thresholds } from '../../../src/readings/thresholds/index.ts'
import type { SeedChoice } from '../../../src/readings/thresholds/schema.ts'
import { table } from '../../../src/readings/thresholds/table.ts'
import { meanStd } from '../../../src/shared/statistics/statistics.ts'
import { evaluatedRuns } from '../../engine/evaluation/fixtures/comparison.ts'
import type { RunInMemory } from '../../engine/evaluation/summarised.ts'
import { fixtureSources } from '../support.ts'

const sources = fixtureSources()
const ask = (question: object = {}) => compute(sources, thresholds.question.parse(question))
/** 40 validation samples are few: what is tolerated is much. */
const asked = { drops: [0, 5, 100], tolerated: [0.01, 0.2, 0.4], delta: 0.2 }
const answer = await ask(asked)
const choicesOf = (kind: string) =>
  answer.series.flatMap(({ choices }) => choices.filter(({ target }) => target.kind === kind))

/** What a choice does to a split, sample by sample. */
async function applied(series: string, { seed, threshold }: SeedChoice, split: 'validation' | 'test') {
  const [run] = await sources.outputs({ runs: [`${series}-${seed}`], split })
  const found = whatIf(run.scored, threshold ?? Infinity, run.identity.exitCosts)
  const losses = lossesOf(run, { kind: 'harm', bound: 1 })
  const { sampleCount } = run.scored
  const lost = [...found.leaves].filter((exit, sample) => losses[exit * sampleCount + sample] === 1).length
  return { ...found, lost, sampleCount, final: run.scored.correct!.slice(-sampleCount) }
}

/** A run without its early exits. */
function finalExit({ validation, test, exitCosts, exitBlocks, ...run }: RunInMemory): RunInMemory {
  const last = ({ logits, ...outputs }: RunInMemory['test']) => {
    const from = logits.length - outputs.sampleCount * outputs.classCount
    return { ...outputs, exitCount: 1, logits: logits.slice(from) }
  }
  const cost = exitCosts.at(-1)!
  const alone = { exitCosts: [cost], exitBlocks: exitBlocks.slice(-1), backboneCost: cost }
  return { ...run, ...alone, validation: last(validation), test: last(test) }
}

describe('thresholds by what is asked for', () => {
  it('do on both splits what the answer says of them', async () => {
    for (const { series, choices } of answer.series) {
      for (const choice of choices.flatMap(({ seeds }) => seeds)) {
        const [validation, test] = [await applied(series, choice, 'validation'), await applied(series, choice, 'test')]
        expect(choice.risk).toBeCloseTo(validation.lost / validation.sampleCount, 12)
        expect(choice.testRisk).toBeCloseTo(test.lost / test.sampleCount, 12)
        expect(choice.testInterval).toEqual(exactInterval(test.lost, test.sampleCount))
        expect(choice.value).toBeCloseTo(test.value, 12)
        expect(choice.fraction).toBeCloseTo(test.cost / 1000, 12)
      }
    }
  })

  it('lose at most so many points of validation accuracy, for the least cost', async () => {
    for (const { series, choices } of answer.series) {
      const accurate = choices.filter(({ target }) => target.kind === 'accuracy')
      for (const { target, seeds } of accurate) {
        if (target.kind !== 'accuracy') continue
        for (const choice of seeds) {
          const { value, final } = await applied(series, choice, 'validation')
          const least = final.reduce((sum, each) => sum + each, 0) / final.length - target.drop / 100
          expect(value).toBeGreaterThanOrEqual(least - 1e-12)
        }
      }
      // With 100 points to lose everything leaves at the first exit.
      expect(accurate.at(-1)!.cost.mean).toBeCloseTo(18, 10)
    }
  })

  it('pass the exact test, and go to the final exit where none does', () => {
    for (const { target, seeds } of choicesOf('risk')) {
      if (target.kind !== 'risk') continue
      for (const { threshold, p, risk } of seeds) {
        expect(p).toBe(binomialCdf(Math.round(40 * risk), 40, target.tolerated))
        expect(p! <= 0.2).toBe(threshold !== null)
        // Zero losses among 40 say nothing of a risk of 1 %.
        if (target.tolerated === 0.01) expect(threshold).toBeNull()
      }
    }
    expect(choicesOf('risk').some(({ seeds }) => seeds.some(({ threshold }) => threshold !== null))).toBe(true)
  })

  it('are averaged over seeds in %', () => {
    for (const { cost, value, testRisk, seeds } of answer.series.flatMap(({ choices }) => choices)) {
      expect(cost).toEqual(meanStd(seeds.map(({ fraction }) => 100 * fraction)))
      expect(value).toEqual(meanStd(seeds.map((each) => 100 * each.value)))
      expect(testRisk).toEqual(meanStd(seeds.map((each) => 100 * each.testRisk)))
    }
  })

  it('test guarantees on calibration samples where there are some, and everything else as before', async () => {
    const calibrated = await compute(fixtureSources({ calibrated: ['mixed'] }), thresholds.question.parse(asked))
    const row = (from: typeof answer, name: string) => from.series.find(({ series }) => series === name)!
    expect(row(calibrated, 'disjoint')).toEqual(row(answer, 'disjoint'))
    const { tested, choices } = row(calibrated, 'mixed')
    expect(tested).toEqual({ on: 'calibration', samples: 50 })
    for (const [at, { target, seeds }] of choices.entries()) {
      if (target.kind === 'accuracy') expect(seeds).toEqual(row(answer, 'mixed').choices[at]!.seeds)
      // The fixture calibrates on test samples.
      else
        for (const { p, risk, testRisk } of seeds) {
          expect(risk).toBe(testRisk)
          expect(p).toBe(binomialCdf(Math.round(50 * risk), 50, target.tolerated))
        }
    }
    const [some, all] = [table(calibrated), table({ ...calibrated, series: [row(calibrated, 'mixed')] })]
    expect(some.caption).toContain('exact binomial test on 40 validation or 50 calibration samples')
    expect(some.legend).toContainEqual(expect.stringContaining('Guarantees of disjoint were tested on the validation'))
    expect(all.legend!.join(' ')).not.toContain('not strict')
  })

  it('are not strict on samples that a rule was fitted on too', async () => {
    const rule = 'scaled-confidence'
    const fitted = table(await ask({ ...asked, rule }))
    expect(fitted.legend).toContain(
      'Guarantees were tested on the validation samples, which also chose the epoch and fitted the exit rule: their probability is not strict.',
    )
    const calibrated = await compute(
      fixtureSources({ calibrated: ['mixed'] }),
      thresholds.question.parse({ ...asked, rule }),
    )
    expect(table(calibrated).legend).toContainEqual(
      expect.stringMatching(/^Guarantees of disjoint were .* and fitted the exit rule: /),
    )
    expect(table(answer).legend!.join(' ')).not.toContain('fitted')
  })

  it('are any of a network of one exit, which needs none', async () => {
    const single = await compute(
      fixtureSources({ all: [finalExit(evaluatedRuns[0]!)] }),
      thresholds.question.parse(asked),
    )
    const [{ choices }] = single.series as [(typeof single.series)[number]]
    for (const { cost, testRisk, seeds } of choices) {
      expect([cost.mean, testRisk.mean, seeds[0]!.threshold]).toEqual([expect.closeTo(100, 9), 0, 0])
    }
    expect(table(single).legend!.join(' ')).not.toContain('†')
    for (const { printed } of table(single).blocks[0]!.rows[0]!.cells.map((cell) => cell!))
      expect(printed.mark).toBeUndefined()
  })

  it('promise the probability that was asked for, never 100 %', async () => {
    for (const [delta, words] of [
      [0.1, '90'],
      [0.005, '99.5'],
      [1e-4, '99.99'],
    ] as const) {
      const found = await ask({ ...asked, delta })
      expect(table(found).caption).toContain(`at most ε with probability ${words}\u00a0% `)
      expect(figure(found).sentence).toContain(`with probability ${words} % `)
    }
  })

  it('bound another risk where that is asked for', async () => {
    const other = await ask({ ...asked, risk: 'inconsistency' })
    expect(other.risk).toBe('inconsistency')
    const risks = ({ series }: typeof answer) =>
      series.flatMap(({ choices }) => choices.map(({ testRisk }) => testRisk.mean))
    // Every harm is an inconsistency; at the first exit there are more of these.
    expect(risks(other)[2]).toBeGreaterThan(risks(answer)[2]!)
  })
})

it('name values in JSON by the metric that they are of', () => {
  const { series } = thresholds.json(answer) as typeof answer
  const [choice] = series[0]!.choices
  const [own] = answer.series[0]!.choices
  expect(choice).toMatchObject({ accuracy: own!.value })
  expect(choice!.seeds[0]).toMatchObject({ accuracy: own!.seeds[0]!.value })
  expect(choice).not.toHaveProperty('value')
})

describe('the table of thresholds', () => {
  const made = table(answer)

  it('has a column for each target, and says what is guaranteed, how, and that it is not strict', () => {
    expect(made.columns.map(({ title }) => title)).toEqual([
      '0 points below final',
      '5 points below final',
      '100 points below final',
      'harm ≤ 1\u202f%',
      'harm ≤ 20\u202f%',
      'harm ≤ 40\u202f%',
    ])
    expect(made.caption).toContain('with probability 80\u00a0% (exact binomial test on 40 validation samples')
    expect(made.caption).toContain('for each seed, series and ε by itself, not for all at once')
    expect(made.legend!.join(' ')).toContain('is not strict')
  })

  it('marks costs of seeds without a threshold, and calls none of them the lowest', () => {
    for (const { cells } of made.blocks[0]!.rows)
      expect(cells[3]!.printed).toMatchObject({ text: '102.0', mark: '†', bold: false })
    const bold = made.blocks[0]!.rows.map(({ cells }) => cells[2]!.printed.bold)
    expect(bold).toEqual([true, true])
  })

  it('is drawn as cost against tolerated risk', () => {
    const { sentence } = figure(answer)
    const [first] = answer.series
    const costs = first!.choices.slice(3).map(({ cost }) => cost.mean.toFixed(1))
    expect(sentence).toContain('with probability 80 % for each seed, series and ε by itself')
    expect(sentence).toContain(`disjoint ${costs[0]} at 1 %, ${costs[1]} at 20 %, ${costs[2]} at 40 %`)
    expect(() => figure({ ...answer, series: answer.series.map((row) => ({ ...row, choices: [] })) })).toThrow(
      /no tolerated risk/,
    )
  })
})
