import { describe, expect, it } from 'vitest'
import { exitMatrices } from '../../../../../src/renderer/components/compare/exits/exit-matrix.ts'
import type { ExitTables } from '../../../../../src/shared/exit-table.ts'
import type { RegimeName } from '../../../../../src/shared/phase.ts'

function table(experiment: string, regime: RegimeName, accuracies: number[]): ExitTables[number] {
  const exits = accuracies.map((mean, exit) => ({
    exit,
    block: exit === accuracies.length - 1 ? null : exit,
    macs: 100 * (exit + 1),
    fraction: (exit + 1) / accuracies.length,
    value: { mean, std: null },
    overthinking: { mean: exit, std: null },
  }))
  return { experiment, regime, series: regime, look: null, seeds: [1], exits }
}

describe('exits side by side', () => {
  const matrices = exitMatrices([
    table('a', 'joint', [60, 70.001]),
    table('a', 'mixed', [65, 70.004]),
    table('b', 'joint', [99, 99, 99]),
  ])

  it('make a table for each experiment, whose networks may differ', () => {
    expect(matrices.map(({ experiment, exits, rows }) => [experiment, exits.length, rows.length])).toEqual([
      ['a', 2, 2],
      ['b', 3, 1],
    ])
    expect(matrices[1]!.exits.map(({ macs }) => macs)).toEqual([100, 200, 300])
  })

  it('mark the best at each exit, those that look as good too, and none without another to beat', () => {
    const best = matrices.map(({ rows }) => rows.map(({ cells }) => cells.map((cell) => cell.best)))
    expect(best).toEqual([
      [
        [false, true],
        [true, true],
      ],
      [[false, false, false]],
    ])
  })
})
