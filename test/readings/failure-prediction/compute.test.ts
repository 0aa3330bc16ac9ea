import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compute } from '../../../src/readings/failure-prediction/compute.ts'
import { failurePrediction } from '../../../src/readings/failure-prediction/index.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import { mean } from '../../../src/shared/statistics/statistics.ts'
import { fixtureSources } from '../support.ts'

const fixture = JSON.parse(readFileSync(new URL('./fixtures/failure-prediction.json', import.meta.url), 'utf8')) as {
  regime: string
  exits: Record<'auroc' | 'aurc' | 'excessAurc', number>[]
}[]

const ask = (sources: ReadingSources, question: object = {}) =>
  compute(sources, failurePrediction.question.parse(question))

describe('failure prediction of series', () => {
  it('is that of each exit, in %, averaged over seeds', async () => {
    const { rule, series } = await ask(fixtureSources())
    expect(rule).toBe('confidence')
    expect(series.map(({ regime, seeds }) => [regime, seeds.length])).toEqual([
      ['disjoint', 3],
      ['mixed', 3],
    ])
    for (const { regime, exits } of series) {
      const seeds = fixture.filter((run) => run.regime === regime)
      exits.forEach(({ failurePrediction: found }, exit) => {
        for (const name of ['auroc', 'aurc', 'excessAurc'] as const)
          expect(found![name].mean).toBeCloseTo(100 * mean(seeds.map(({ exits }) => exits[exit]![name])), 10)
      })
    }
  })

  it('reads the scores of the rule that is asked for', async () => {
    const [byConfidence, byEntropy] = [await ask(fixtureSources()), await ask(fixtureSources(), { rule: 'entropy' })]
    expect(byEntropy.rule).toBe('entropy')
    expect(byEntropy.series).not.toEqual(byConfidence.series)
  })

  it('says of which exit, block and cost each is', async () => {
    const { series } = failurePrediction.answer.parse(await ask(fixtureSources()))
    for (const { exits } of series)
      expect(exits.map(({ exit, block, cost, fraction }) => [exit, block, cost, fraction])).toEqual([
        [0, 1, 180, 0.18],
        [1, 3, 400, 0.4],
        [2, 5, 730, 0.73],
        [3, null, 1020, 1.02],
      ])
  })

  it('has none at exits where a seed has no wrong sample', async () => {
    const { series } = await ask(fixtureSources({ correct: 1 }))
    expect(series.flatMap(({ exits }) => exits.map(({ failurePrediction: found }) => found))).toEqual(
      Array.from({ length: 8 }, () => null),
    )
  })
})
