import { expect, it } from 'vitest'
import type { Answer } from '../../../src/main/cli/analyses/answer.ts'
import { analysisLines } from '../../../src/main/cli/analyses/printing.ts'
import { createStyle } from '../../../src/main/cli/output/style.ts'
import type { AnalysedRun, AnalysisKind, AnalysisResult } from '../../../src/analyses/index.ts'

const run = (regime: AnalysedRun['regime'], seed: number, name = `small-${regime}-s${seed}`): AnalysedRun => ({
  id: `${name}-id`,
  name,
  regime,
  seed,
})
const [disjoint, joint] = [run('disjoint', 1), run('joint', 1)]

function lines<Kind extends AnalysisKind>(kind: Kind, answers: [AnalysedRun[], AnalysisResult<Kind>][]): string {
  const made = answers.map(([runs, result], index): Answer<Kind> => ({
    analysis: {
      ...{ id: String(index), kind, runs, parameters: {}, status: 'done', done: 1, total: 1, seconds: 1 },
      ...{ error: null, createdAt: 0, pausedWithAll: false },
    },
    result,
    whole: true,
  }))
  return analysisLines(kind, made as Answer[], { style: createStyle(false), width: Infinity }).join('\n')
}

it('barriers stand behind the proof that matching changes no function', () => {
  const path = (barrier: number) => {
    const split = { losses: [], accuracies: [], barriers: [barrier, barrier / 2], meanBarrier: barrier / 4 }
    return { test: split, train: { ...split, barriers: [0, 0.0004] } }
  }
  const matching = {
    ...{ sweeps: 1, groups: 2, distanceBefore: 16.9, distanceAfter: 12.345 },
    equivalence: { largestDifference: 9.54e-7, images: 1000 },
  }
  const result = { lambdas: [0, 1], naive: path(1), matched: path(0.5), matching, caveats: ['Local.'] }
  expect(lines('mode-connectivity', [[[disjoint, joint], result]])).toBe(`Mode connectivity
disjoint, seed 1 – joint, seed 1: matched in 1 sweep, distance 16.90 → 12.35; permuting changes no logit by more than 9.5e−7 (1,000 images)
runs                              path     images  exit 0  final  mean loss
disjoint, seed 1 – joint, seed 1  naive    test     1.000  0.500      0.250
disjoint, seed 1 – joint, seed 1  naive    train    0.000  0.000      0.250
disjoint, seed 1 – joint, seed 1  matched  test     0.500  0.250      0.125
disjoint, seed 1 – joint, seed 1  matched  train    0.000  0.000      0.125

Barrier in nats: how far the loss rises above the straight line between the ends of the path.

Local.`)
})

it('dominance has its spread over the batches, and a dash where there is no gradient', () => {
  const blocks = [[0.5], [null], [0.5]]
  const result = { exits: [0.5, null, -0.25], spread: [0.1, null, 0.05], blocks, batches: 8, caveats: [] }
  const text = lines('gradient-dominance', [
    [[joint], result],
    [[disjoint], { ...result, exits: [1, 1, 1], spread: [null, null, null] }],
  ])
  expect(text).toMatch(/^Gradient dominance\nrun +exit 0 +exit 1 +final\n/)
  expect(text).toMatch(/\njoint, seed 1 +0\.50 ± 0\.10 +– +−0\.25 ± 0\.05\ndisjoint, seed 1 +1\.00 +1\.00 +1\.00\n/)
  expect(text).toContain('mean over 8 batches')
})

it('information has the ceilings of its estimates and the largest of their errors', () => {
  const block = { block: 0, input: 7.44, inputError: 0.014, label: 2.28, labelError: 0.002, dimensions: 64 }
  const result = { blocks: [block, { ...block, input: 7.6 }], inputCeiling: 7.6009, labelCeiling: 2.302, caveats: [] }
  const asked = lines('mutual-information', [[[joint], result]])
  expect(asked).toMatch(/\nrun +of +block 0 +block 1 +ceiling\n/)
  expect(asked).toMatch(
    /\njoint, seed 1 +I\(X;Z\) +7\.44 +7\.60 +7\.60\njoint, seed 1 +I\(Z;Y\) +2\.28 +2\.28 +2\.30\n/,
  )
  expect(asked).toContain('at most 0.01.')
  expect(lines('mutual-information', [[[joint], { ...result, labelCeiling: null }]])).not.toContain('I(Z;Y)')
})

it('a landscape is summed up by its centre, its rise to the ends of the axes and its extremes', () => {
  // Rows: −1, 0, 1 of the first direction; columns: of the second.
  const surface = [
    [9, 2, 8],
    [3, 1, 4],
    [null, 3, 0.5],
  ]
  const result = { coefficients: [-1, 0, 1], surfaces: [[surface, surface]], images: 1000, caveats: [] }
  const once = lines('loss-landscape', [[[joint], result]])
  expect(once).toMatch(
    /\nrun +exit +centre +rise +lowest +highest\njoint, seed 1 +exit 0 +1\.000 +2\.000 +0\.500 +9\.000\n/,
  )
  const twice = lines('loss-landscape', [[[joint], { ...result, surfaces: [[surface], [surface]] }]])
  expect(twice).toMatch(/\nrun +draw +exit .*\njoint, seed 1 +1 +final .*\njoint, seed 1 +2 +final/)
})

it('caveats that several share stand there once, and runs that would be called the same have their names', () => {
  const rank = { block: 0, rank: 3, full: 8, featureCount: 8, usedFeatures: 8, spectrum: [] }
  const result = { blocks: [rank], samples: 2000, caveats: ['Beware.'] }
  const text = lines('numerical-rank', [
    [[joint], result],
    [[run('joint', 1, 'other-joint-s1')], result],
  ])
  expect(text.match(/Beware/g)).toHaveLength(1)
  expect(text).toMatch(/\nsmall-joint-s1 +3\nother-joint-s1 +3\nat most +8\n/)
  expect(text).toContain('2,000 test images')
})
