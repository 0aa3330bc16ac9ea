import { describe, expect, it } from 'vitest'
import { exitValues, overthinking } from '../../../src/engine/evaluation/exit-quality.ts'
import { rightBefore } from '../../../src/engine/evaluation/scored-exits.ts'

/** Three exits, five samples: always right, lost at exit 1, lost at the final exit, lost and found again, never right. */
const correct = Uint8Array.of(...[1, 1, 0, 1, 0], ...[1, 0, 1, 0, 0], ...[1, 0, 0, 1, 0])

describe('the quality of exits', () => {
  it('is the mean value of each, and the share that an earlier one has right and it has wrong', () => {
    expect(exitValues(correct, 5)).toEqual([3 / 5, 2 / 5, 2 / 5])
    expect(overthinking(correct, 5)).toEqual([0, 2 / 5, 2 / 5])
  })

  it('knows whether an exit before another is right, that exit left out', () => {
    const before = (exit: number) =>
      [0, 1, 2, 3, 4].map((sample) => rightBefore({ correct, sampleCount: 5 }, exit, sample))
    expect(before(0)).toEqual([false, false, false, false, false])
    expect(before(1)).toEqual([true, true, false, true, false])
    expect(before(2)).toEqual([true, true, true, true, false])
  })
})
