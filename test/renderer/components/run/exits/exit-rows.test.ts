import { describe, expect, it } from 'vitest'
import type { ExitId } from '../../../../../src/shared/evaluation/exit-id.ts'
import { exitRows } from '../../../../../src/renderer/components/run/exits/exit-rows.ts'

const costs = {
  backboneMacs: 1000,
  exits: [
    { exit: 0, block: 2, macs: 400, fraction: 0.4 },
    { exit: 1, block: null, macs: 1010, fraction: 1.01 },
  ],
}
const metric = (epoch: number, exit: ExitId, accuracy: number) => ({
  epoch,
  exit,
  values: { accuracy, loss: 0 },
  split: 'validation' as const,
})

describe('the exits', () => {
  it('of a finished run have what was measured at its end', () => {
    const scores = { validation: [0.5, 0.75], test: [0.25, 0.625] }
    const latest = { metrics: [metric(1, 0, 0.9)] }
    expect(exitRows({ costs, scores }, latest)).toEqual([
      { exit: 0, label: 'exit 0', block: 2, macs: 400, fraction: 0.4, validation: 0.5, test: 0.25 },
      { exit: 1, label: 'final', block: null, macs: 1010, fraction: 1.01, validation: 0.75, test: 0.625 },
    ])
  })

  it('of a running one have what the last epoch measured', () => {
    const metrics = [metric(1, 0, 0.25), metric(1, 'final', 0.5), metric(2, 0, 0.375), metric(2, 'final', 0.625)]
    const rows = exitRows({ costs, scores: null }, { metrics })
    expect(rows.map(({ validation, test }) => [validation, test])).toEqual([
      [0.375, null],
      [0.625, null],
    ])
  })

  it('of a bare backbone have the final one only', () => {
    const rows = exitRows({ costs, scores: null }, { metrics: [metric(1, 'final', 0.5)] })
    expect(rows.map(({ validation }) => validation)).toEqual([null, 0.5])
  })

  it('before the first epoch have nothing', () => {
    expect(exitRows({ costs, scores: null }, null).map(({ validation }) => validation)).toEqual([null, null])
  })
})
