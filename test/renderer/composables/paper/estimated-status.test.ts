import { describe, expect, it } from 'vitest'
import { estimatedStatus } from '../../../../src/renderer/composables/paper/estimated-status.ts'
import { paperExperiment, paperStatus } from '../../support/paper.ts'

const total = { runs: { all: 6, done: 0 }, phases: { all: 8, done: 0 } }
const estimate = paperStatus({
  experiments: [paperExperiment({ file: 'a', remainingSeconds: 100, bytes: 7 })],
  total: { ...total, remainingSeconds: 100, bytes: 7 },
})

describe('a status with an estimate', () => {
  it('has its times and sizes where it does not know them itself', () => {
    const status = paperStatus({ experiments: [paperExperiment({ file: 'a' }), paperExperiment({ file: 'b' })] })
    const { experiments, total } = estimatedStatus(status, estimate)
    expect(experiments.map(({ remainingSeconds, bytes }) => [remainingSeconds, bytes])).toEqual([
      [100, 7],
      [null, null],
    ])
    expect(total).toMatchObject({ remainingSeconds: 100, bytes: 7 })
  })

  it('keeps what it knows, and its counts', () => {
    const status = paperStatus({
      experiments: [paperExperiment({ file: 'a', remainingSeconds: 40, runs: { done: 6 } })],
      total: { runs: { all: 6, done: 6 }, phases: { all: 8, done: 8 }, remainingSeconds: 40, bytes: 9 },
    })
    const shown = estimatedStatus(status, estimate)
    expect(shown.experiments[0]).toMatchObject({ remainingSeconds: 40, bytes: 7, runs: { done: 6 } })
    expect(shown.total).toEqual(status.total)
    expect(estimatedStatus(status, null)).toBe(status)
  })
})
