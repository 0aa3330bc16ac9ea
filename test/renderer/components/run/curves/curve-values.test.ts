import { expect, it } from 'vitest'
import { epochText, epochTable, keptSoFar } from '../../../../../src/renderer/components/run/curves/curve-values.ts'
import { printedTable } from '../../../../support/printed-table.ts'
import type { ExitCurvesData } from '../../../../../src/figures/exit-curves.ts'

const data: ExitCurvesData = {
  quantity: { title: 'Validation accuracy (%)', unit: '%', decimals: 1, lowest: 0, range: [0, 100] },
  phase: 'all phases',
  keptEpoch: null,
  exitCount: 2,
  phases: [],
  exits: [
    { exit: 0, label: 'exit 0', points: [{ epoch: 2, value: 40 }] },
    {
      exit: 1,
      label: 'final',
      points: [
        { epoch: 1, value: 50.04 },
        { epoch: 2, value: 60.06 },
      ],
    },
  ],
}

it('gives every epoch a line, with nothing where an exit was not measured', () => {
  expect(printedTable(epochTable(data))).toEqual([
    ['Epoch', 'exit 0 (%)', 'final (%)'],
    ['1', '–', '50.0'],
    ['2', '40.0', '60.1'],
  ])
})

it('gives the values at one epoch, the deepest exit first', () => {
  expect(epochText(data, 2)).toBe('epoch 2\nfinal  60.1 %\nexit 0  40.0 %')
  expect(epochText(data, 1)).toBe('epoch 1\nfinal  50.0 %')
})

it('keeps the last epoch that improved, or the last one, as the training says', () => {
  const record = (epoch: number, improved: boolean) => ({
    epoch,
    improved,
    learningRate: 0,
    imagesPerSecond: 0,
    seconds: 0,
    peakMemoryBytes: 0,
    epochsWithoutImprovement: 0,
  })
  const history = { records: [record(1, true), record(2, true), record(3, false)], metrics: [] }
  expect(keptSoFar(history, 'last-improvement')).toBe(2)
  expect(keptSoFar(history, 'last-epoch')).toBe(3)
  expect(keptSoFar(undefined, 'last-epoch')).toBeNull()
})
