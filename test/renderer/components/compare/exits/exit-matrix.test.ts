import { describe, expect, it } from 'vitest'
import {
  calibrationOfExits,
  exitMatrices,
  metricOfExits,
} from '../../../../../src/renderer/components/compare/exits/exit-matrix.ts'
import type { Calibrations } from '../../../../../src/shared/calibration.ts'
import type { ExitTables } from '../../../../../src/shared/exit-table.ts'
import type { RegimeName } from '../../../../../src/shared/phase.ts'

function table(experiment: string, regime: RegimeName, accuracies: number[]): ExitTables[number] {
  const exits = accuracies.map((mean, exit) => ({
    exit,
    block: exit === accuracies.length - 1 ? null : exit,
    cost: 100 * (exit + 1),
    fraction: (exit + 1) / accuracies.length,
    value: { mean, std: null },
    overthinking: { mean: exit, std: null },
  }))
  return { experiment, regime, series: regime, look: null, seeds: [1], exits }
}

describe('exits side by side', () => {
  const tables = [
    table('a', 'joint', [60, 70.001]),
    table('a', 'mixed', [65, 70.004]),
    table('b', 'joint', [99, 99, 99]),
  ]
  const matrices = exitMatrices(tables, metricOfExits(tables))

  it('make a table for each experiment, whose networks may differ', () => {
    expect(matrices.map(({ experiment, exits, rows }) => [experiment, exits.length, rows.length])).toEqual([
      ['a', 2, 2],
      ['b', 3, 1],
    ])
    expect(matrices[1]!.exits.map(({ cost }) => cost)).toEqual([100, 200, 300])
  })

  it('mark the best at each exit and those that look as good, and none without another to compare', () => {
    const best = matrices.map(({ rows }) => rows.map(({ cells }) => cells.map((cell) => cell.best)))
    expect(best).toEqual([
      [
        [false, true],
        [true, true],
      ],
      [[false, false, false]],
    ])
  })

  it('have their overthinking below the metric, which the first exit cannot have', () => {
    expect(matrices[0]).toMatchObject({ decimals: 2, below: 'overthinking' })
    expect(matrices[0]!.rows[0]!.cells.map(({ below }) => below?.mean)).toEqual([undefined, 1])
  })

  it('show test calibration errors, the lower the better, with those at their temperatures below', () => {
    const calibrated = (series: RegimeName, split: 'validation' | 'test', errors: [number, number][]) =>
      ({
        experiment: 'a',
        regime: series,
        series,
        look: null,
        split,
        runs: [],
        exits: errors.map(([mean, scaled], exit) => ({ exit, error: { mean }, scaled: { error: { mean: scaled } } })),
      }) as unknown as Calibrations[number]
    const quantity = calibrationOfExits([
      calibrated('joint', 'validation', [[0, 0], [0, 0]]), // prettier-ignore
      calibrated('joint', 'test', [[5, 2], [6, 3]]), // prettier-ignore
      calibrated('mixed', 'test', [[4, 1], [7, 1]]), // prettier-ignore
    ])
    const [matrix] = exitMatrices(tables.slice(0, 2), quantity)
    const cells = matrix!.rows.map((row) => row.cells.map(({ value, below, best }) => [value.mean, below!.mean, best]))
    expect(cells).toEqual([
      [[5, 2, false], [6, 3, true]],
      [[4, 1, true], [7, 1, false]],
    ]) // prettier-ignore
  })
})
