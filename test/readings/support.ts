import { predict } from '../../src/engine/exits/predictions.ts'
import { fitRule } from '../../src/engine/evaluation/fit-rule.ts'
import { scoreExits } from '../../src/engine/evaluation/scored-exits.ts'
import type { ClassifiedRun } from '../../src/engine/evaluation/scored-run.ts'
import { exitRules } from '../../src/engine/exits/index.ts'
import { readings } from '../../src/readings/index.ts'
import type { ReadingSources } from '../../src/readings/sources.ts'
import { sourceOf } from '../support/outputs-source.ts'
import { evaluatedRuns } from '../engine/evaluation/fixtures/comparison.ts'
import { summarised, type RunInMemory } from '../engine/evaluation/summarised.ts'

interface FixtureOptions {
  /** Whether each prediction is right, in place of what it is. */
  correct?: 0 | 1
  /** Regimes whose test samples are calibration samples too. */
  calibrated?: readonly string[]
  /** In place of the fixture's runs. */
  all?: readonly RunInMemory[]
}

/** The runs of the fixture of comparisons. */
export function fixtureSources({ correct, calibrated = [], all = evaluatedRuns }: FixtureOptions = {}): ReadingSources {
  const runs: ReadingSources['runs'] = ({ rule = 'confidence' }) => summarised(all, rule)
  // Without what no test reads.
  const sources = {
    runs,
    results: runs,
    split: () => 'test',
    ask(name: string, question: unknown) {
      const reading = readings.get(name)
      return reading.compute(sources, reading.parse(question))
    },
    published: () => Promise.resolve({ tables: [], fitting: {}, matching: null }),
    scored: (asked: Parameters<ReadingSources['scored']>[0]) => sources.outputs(asked),
    calibration: async (asked: { runs: readonly string[]; rule?: string | undefined }) => {
      const isCalibrated = asked.runs.every((id) => calibrated.some((regime) => id.startsWith(regime)))
      return isCalibrated ? await sources.outputs({ ...asked, split: 'test' }) : null
    },
    ruleOf: ({ rule }: { rule?: string }) => rule ?? 'confidence',
    async outputs({ runs: ids, rule = 'confidence', split = 'test' }: Parameters<ReadingSources['outputs']>[0]) {
      const found = ids.map(async (id): Promise<ClassifiedRun> => {
        const run = all.find((each) => each.id === id)!
        const predictions = predict(run[split])
        const fitted = await fitRule(exitRules.get(rule), sourceOf(run.validation))
        const scored = scoreExits(exitRules.get(rule), run[split], { predictions, fitted })
        const read = correct === undefined ? scored.correct! : scored.correct!.map(() => correct)
        return { identity: run, predictions, fitted, scored: { ...scored, correct: read } }
      })
      return (await Promise.all(found)) as [ClassifiedRun, ...ClassifiedRun[]]
    },
  } as Partial<ReadingSources> as ReadingSources
  return sources
}
