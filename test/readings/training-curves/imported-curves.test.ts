import { describe, expect, it } from 'vitest'
import { importedCurves, importedCurvesSentence } from '../../../src/readings/training-curves/imported-curves.ts'
import type { RunCurve } from '../../../src/readings/given.ts'
import { trainingCurvesData, type TrainingCurvesChoice } from '../../../src/readings/training-curves/curves.ts'
import type { ImportedContent, ImportedResult } from '../../../src/shared/runs/imported.ts'

const choice = {
  metric: 'accuracy',
  split: 'validation',
  exit: 'final',
  x: 'epoch',
  by: 'regime',
  seeds: 'each',
  smoothing: 0,
  scale: 'linear',
} satisfies TrainingCurvesChoice

function imported(content: Partial<ImportedContent> = {}, changes: Partial<ImportedResult> = {}): ImportedResult {
  return {
    id: 'i',
    name: 'sdn',
    experiment: null,
    regime: null,
    seed: 3,
    format: 'tensorboard',
    path: '/x',
    sha256: '',
    importedAt: 0,
    ...changes,
    content: {
      split: 'test',
      rule: null,
      backboneMacs: null,
      curve: null,
      notes: [],
      exits: ['0', '1'].map((name, index) => ({ name, cost: 0.5 + 0.5 * index, value: 0.5 })),
      training: { axis: 'epoch', curves: [[1, 0.25, 2, 0.5], [1, 0.5, 2, 0.75]] }, // prettier-ignore
      ...content,
    },
  }
}

const pointsAt = (result: ImportedResult, changes: Partial<typeof choice> | { exit: number } = {}) =>
  importedCurves([result], { ...choice, ...changes }, () => 0).flatMap(({ points }) => points)

describe('curves of imported results', () => {
  it('are those of the chosen exit, of which the last is the final one', () => {
    expect(pointsAt(imported(), { exit: 0 })).toEqual([[1, 0.25], [2, 0.5]]) // prettier-ignore
    expect(pointsAt(imported())).toEqual([[1, 0.5], [2, 0.75]]) // prettier-ignore
    expect(pointsAt(imported(), { exit: 7 })).toEqual([])
  })

  it('are those of the exit that is named final, where one is, whatever its place', () => {
    const exits = ['final', 'auxiliary'].map((name) => ({ name, cost: 1, value: 0.5 }))
    expect(pointsAt(imported({ exits }))).toEqual([[1, 0.25], [2, 0.5]]) // prettier-ignore
  })

  it('exist only for what was logged: metric, axis and samples', () => {
    for (const other of [{ metric: 'loss' }, { x: 'step' }, { split: 'train' }] as const)
      expect(pointsAt(imported(), other as never)).toEqual([])
    expect(pointsAt(imported({ split: 'train' }), { split: 'train' as never })).toHaveLength(2)
    expect(pointsAt(imported({ split: 'train' }))).toEqual([])
    expect(pointsAt(imported({ split: null }))).toHaveLength(2)
    expect(pointsAt(imported({ training: undefined }))).toEqual([])
  })

  it('stand among those of runs, named as imported, and are explained', () => {
    const run = {
      id: 'r',
      name: 'r',
      experiment: 'toy',
      experimentId: 'e',
      regime: 'mixed',
      series: 'mixed',
      look: null,
      seed: 1,
    }
    const own = { run, points: [[1, 0.5], [2, 0.6]] } as unknown as RunCurve // prettier-ignore
    const found = [imported(), imported({ split: 'validation' }, { id: 'j', name: 'l2w', experiment: 'toy' })]
    const data = trainingCurvesData([own, ...importedCurves(found, choice, ({ id }) => (id === 'j' ? 1 : 0))], choice)
    expect(data.lines.map(({ name, look }) => [name, look])).toEqual([
      ['mixed, seed 1', null],
      ['sdn (imported), seed 3', 0],
      ['l2w (imported, validation), seed 3', 1],
    ])
    expect(data.note).toContain('1 run, 2 imported')
    expect(importedCurvesSentence(data)).toBe(
      'Imported, not trained by Exitlab: sdn (TensorBoard, test samples), l2w (TensorBoard, validation samples).',
    )
  })
})
