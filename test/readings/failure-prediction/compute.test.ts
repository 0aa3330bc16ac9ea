import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { predict } from '../../../src/main/engine/evaluation/predictions.ts'
import { scoreExits } from '../../../src/main/engine/evaluation/scored-exits.ts'
import type { ClassifiedRun } from '../../../src/main/engine/evaluation/what-if-over-seeds.ts'
import { exitRules } from '../../../src/main/engine/exits/index.ts'
import { compute } from '../../../src/readings/failure-prediction/compute.ts'
import { failurePrediction } from '../../../src/readings/failure-prediction/index.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import { mean } from '../../../src/shared/statistics.ts'
import { evaluatedRuns } from '../../engine/evaluation/fixtures/comparison.ts'
import { summarised } from '../../engine/evaluation/summarised.ts'

const fixture = JSON.parse(
  readFileSync(new URL('../../engine/evaluation/fixtures/failure-prediction.json', import.meta.url), 'utf8'),
) as { regime: string; exits: Record<'auroc' | 'aurc' | 'excessAurc', number>[] }[]

/** The runs of the fixture; `perfect`: all of their predictions are right. */
function sourcesOf({ perfect = false } = {}): Pick<ReadingSources, 'runs' | 'outputs' | 'ruleOf'> {
  return {
    ruleOf: ({ rule }) => rule ?? 'confidence',
    runs: ({ rule = 'confidence' }) => summarised(evaluatedRuns, rule),
    async outputs({ runs: ids, rule }) {
      const runs = ids.map((id): ClassifiedRun => {
        const run = evaluatedRuns.find((each) => each.id === id)!
        const predictions = predict(run.test)
        const scored = scoreExits(exitRules.get(rule!), run.test, predictions)
        const correct = perfect ? scored.correct!.map(() => 1) : scored.correct
        return { identity: run, predictions, temperatures: null, scored: { ...scored, correct } }
      })
      return runs as [ClassifiedRun, ...ClassifiedRun[]]
    },
  }
}
const ask = (sources: object, question: object = {}) =>
  compute(sources as ReadingSources, failurePrediction.question.parse(question))

describe('failure prediction of series', () => {
  it('is that of each exit, in %, averaged over seeds', async () => {
    const { rule, series } = await ask(sourcesOf())
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
    const [byConfidence, byEntropy] = [await ask(sourcesOf()), await ask(sourcesOf(), { rule: 'entropy' })]
    expect(byEntropy.rule).toBe('entropy')
    expect(byEntropy.series).not.toEqual(byConfidence.series)
  })

  it('has none at exits where a seed has no wrong sample', async () => {
    const { series } = await ask(sourcesOf({ perfect: true }))
    expect(series.flatMap(({ exits }) => exits.map(({ failurePrediction: found }) => found))).toEqual(
      Array.from({ length: 8 }, () => null),
    )
  })
})
