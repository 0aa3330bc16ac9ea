import { describe, expect, it } from 'vitest'
import { scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import type { ScoredRun } from '../../../src/engine/evaluation/scored-run.ts'
import { exitRules } from '../../../src/engine/exits/index.ts'
import { compute } from '../../../src/readings/sample-path/compute.ts'
import { samplePathQuestion, type SamplePathAnswer } from '../../../src/readings/sample-path/schema.ts'
import { table } from '../../../src/readings/sample-path/table.ts'
import { leavingEarly, pathWords } from '../../../src/readings/sample-path/words.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import type { OutputsSource } from '../../../src/shared/evaluation/outputs-source.ts'
import { printedTable } from '../../support/printed-table.ts'

/** Probabilities of three classes at three exits of five samples; logits are their logarithms. */
const probabilities = [
  // exit 0: sample 0 stays at 0.7, the others but 4 leave.
  [[0.5, 0.3, 0.2], [0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.9, 0.05, 0.05], [0.4, 0.4, 0.2]], // prettier-ignore
  // exit 1
  [[0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.2, 0.2, 0.6]], // prettier-ignore
  // final
  [[0.6, 0.3, 0.1], [0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.1, 0.1, 0.8], [0.1, 0.2, 0.7]], // prettier-ignore
]
const labels = Int32Array.of(1, 0, 1, 0, 2)

const identity = {
  ...{ id: 'r1', experiment: 'toy', regime: 'mixed', series: 'mixed', seed: 1 },
  ...{ exitCosts: [250, 500, 1010], exitBlocks: [0, 1, null], backboneCost: 1000 },
}

function sourceOf(outputs: ExitOutputs): OutputsSource {
  const { exitCount, sampleCount, classCount, logits, targets } = outputs
  const at = (exit: number, sample: number) => (exit * sampleCount + sample) * classCount
  return {
    ...outputs,
    exit: async (exit) => ({ ...outputs, exitCount: 1, logits: logits.slice(at(exit, 0), at(exit + 1, 0)) }),
    samples: async (first, count) => ({
      ...{ exitCount, sampleCount: count, classCount, targets: targets.subarray(first, first + count) },
      logits: Float32Array.from(
        Array.from({ length: exitCount }, (_, exit) => [
          ...logits.slice(at(exit, first), at(exit, first + count)),
        ]).flat(),
      ),
    }),
  }
}

/** Asks for a path through given outputs. */
function pathOf(outputs: ExitOutputs, question: object, run: Partial<ScoredRun> = {}): Promise<SamplePathAnswer> {
  const { rule = 'confidence', ...parsed } = samplePathQuestion.parse({ runs: ['r1'], ...question })
  const fitted = run.fitted ?? []
  const scored = scoreExits(exitRules.get(rule), outputs, { fitted })
  const sources = {
    scored: async () => [{ identity, scored, predictions: null, fitted, ...run }],
    logits: (_: unknown, use: (source: OutputsSource) => unknown) => use(sourceOf(outputs)),
    classes: async () => ['cat', 'dog', 'bird'],
    run: () => ({ name: 'toy-mixed-s1' }),
    ruleOf: () => rule,
  } as unknown as ReadingSources
  return compute(sources, { rule, ...parsed })
}

const classified: ExitOutputs = {
  ...{ exitCount: 3, sampleCount: 5, classCount: 3 },
  logits: Float32Array.from(probabilities.flat(2), Math.log),
  targets: labels,
}

describe('the path of a sample', () => {
  it('has score, threshold, probabilities and cost of each exit, and leaves at the first score above its threshold', async () => {
    const { exits, leaves, range, leaving } = await pathOf(classified, { sample: 0, thresholds: 0.7 })
    expect(leaves).toBe(1)
    expect(exits.map(({ score }) => score)).toEqual([0.5, 0.8, 0.6].map((each) => expect.closeTo(each, 6)))
    expect(exits.map(({ threshold, fraction }) => [threshold, fraction])).toEqual([[0.7, 0.25], [0.7, 0.5], [null, 1.01]]) // prettier-ignore
    expect(exits[0]!.classes).toEqual([
      { name: 'cat', isTrue: false, probability: expect.closeTo(0.5, 6) },
      { name: 'dog', isTrue: true, probability: expect.closeTo(0.3, 6) },
      { name: 'bird', isTrue: false, probability: expect.closeTo(0.2, 6) },
    ])
    expect(exits.map(({ prediction, isRight }) => [prediction, isRight])).toEqual([['cat', false], ['dog', true], ['cat', false]]) // prettier-ignore
    expect(range).toEqual([0, 1])
    expect(leaving).toEqual({ count: 1, place: 0, before: null, behind: null })
  })

  it('takes one threshold for each exit, and probabilities at the temperatures of the exits', async () => {
    const question = { sample: 0, thresholds: [0.4, 0.9], rule: 'scaled-confidence' }
    const { exits, leaves } = await pathOf(classified, question, { fitted: [[2], [1], [1]] })
    expect(leaves).toBe(0)
    expect(exits.map(({ threshold }) => threshold)).toEqual([0.4, 0.9, null])
    const roots = [0.5, 0.3, 0.2].map(Math.sqrt)
    const sum = roots.reduce((total, root) => total + root, 0)
    expect(exits[0]!.classes.map(({ probability }) => probability)).toEqual(roots.map((root) => expect.closeTo(root / sum, 6))) // prettier-ignore
  })

  it('has the nearest samples by the logits of the exit where it leaves, among those that leave there', async () => {
    const { neighbours, leaving, leaves } = await pathOf(classified, { sample: 1, thresholds: 0.7 })
    expect([leaves, leaving]).toEqual([0, { count: 3, place: 0, before: null, behind: 2 }])
    const centred = (row: number[]) => {
      const logits = row.map(Math.log)
      const mean = logits.reduce((sum, logit) => sum + logit, 0) / 3
      return logits.map((logit) => logit - mean)
    }
    const [first, ...rest] = [1, 3, 2].map((sample) => centred(probabilities[0]![sample]!))
    const distances = rest.map((row) => Math.hypot(...row.map((value, i) => value - first![i]!)))
    expect(neighbours.map(({ sample, distance }) => [sample, distance])).toEqual([
      [3, expect.closeTo(distances[0]!, 5)],
      [2, expect.closeTo(distances[1]!, 5)],
    ])
    expect(distances[0]).toBeCloseTo(Math.sqrt(2 / 3) * Math.log(9 / 4), 12)
    expect(neighbours[0]).toMatchObject({ target: 'cat', exits: [{ isRight: true }, { isRight: true }, { prediction: 'bird', isRight: false }] }) // prettier-ignore
  })

  it('says in words what became of it, and whether leaving early decided that', async () => {
    const helped = await pathOf(classified, { sample: 0, thresholds: 0.7 })
    expect(pathWords(helped)).toEqual(['true label dog', 'leaves at exit 1 as dog, right', '50.0 % of the backbone’s cost']) // prettier-ignore
    expect(leavingEarly(helped)).toBe('The final exit would say cat, which is wrong: leaving early helps here.')
    expect(leavingEarly(await pathOf(classified, { sample: 0, thresholds: 0.3 }))).toBeNull()
    const early = await pathOf(classified, { sample: 4, thresholds: 0.39 })
    expect(leavingEarly(early)).toBe('The final exit would say bird, which is right: leaving early harms here.')
    const { caption, ...printed } = table(helped)
    for (const text of ['Path of test sample 0', 'confidence rule', 'helps here']) expect(caption).toContain(text)
    expect(printedTable({ caption, ...printed })).toEqual([
      ['Exit', 'Cost (%)', 'Score', 'Threshold', 'Prediction', 'Probability (%)', 'Outcome'],
      ['exit 0', '25.0', '0.500', '0.700', 'cat (wrong)', '50.0', 'goes on'],
      ['exit 1', '50.0', '0.800', '0.700', 'dog (right)', '80.0', 'leaves here'],
      ['final', '101.0', '0.600', '–', 'cat (wrong)', '60.0', 'not computed'],
    ])
  })

  it('has values in place of classes for a regression', async () => {
    const values: ExitOutputs = {
      ...{ exitCount: 2, sampleCount: 4, classCount: 1 },
      logits: Float32Array.of(1, 2, 4, 1.5, 2, 2, 2, 2),
      targets: Float32Array.of(1.25, 2, 3, 4),
    }
    const run = { identity: { ...identity, task: 'regression' as const } }
    const path = await pathOf(values, { sample: 0, thresholds: 0, rule: 'static' }, run)
    expect(path).toMatchObject({ task: 'regression', target: '1.25', leaves: 0 })
    expect(path.exits[0]).toMatchObject({ prediction: '1.00', isRight: null, classes: [] })
    expect(path.neighbours.map(({ sample, distance }) => [sample, distance])).toEqual([[3, 0.5], [1, 1], [2, 3]]) // prettier-ignore
    expect(leavingEarly(path)).toBeNull()
  })

  it('is refused for a sample that there is not, and for thresholds that do not fit', async () => {
    await expect(pathOf(classified, { sample: 5, thresholds: 0.7 })).rejects.toThrow('There is no sample 5: expected 0 to 4') // prettier-ignore
    await expect(pathOf(classified, { sample: 0, thresholds: [1, 2, 3] })).rejects.toThrow(
      'expected one threshold, or 2',
    )
  })
})
