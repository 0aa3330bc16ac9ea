import { expect, it } from 'vitest'
import { groupSamples } from '../../../../src/readings/samples/compute/groups.ts'
import { samplesQuestion } from '../../../../src/readings/samples/schema.ts'
import { first } from '../../../engine/evaluation/hand-made-runs.ts'

const grouped = (changes: object) =>
  groupSamples(first, samplesQuestion.parse({ runs: ['run-1'], thresholds: 0.85, ...changes }))
const found = (changes: object) => grouped(changes).samples.map(({ sample }) => sample)

it('samples are those that leave at an exit, that were right before and are wrong, or that are never right', () => {
  expect([found({ group: 'exit-0' }), found({ group: 'exit-final' })]).toEqual([
    [0, 3],
    [1, 2],
  ])
  expect([found({}), found({ group: 'lost' }), found({ group: 'never' })]).toEqual([[2], [2], [3]])
  expect(grouped({ group: 'never' }).counts).toEqual({ leaving: [2, 2], lost: 1, never: 1 })
})

it('samples are not lost where the exit is right at which they leave, as one before was', () => {
  // All leave at the final exit: exit 0 is right at samples 0 and 2, the final one at 0 and 1.
  expect(found({ group: 'lost', thresholds: 0.95 })).toEqual([2])
})

it('samples are of one class, page by page, each with what every exit says', () => {
  expect(found({ group: 'exit-final', label: 1, thresholds: 0.95 })).toEqual([1, 2])
  const page = grouped({ group: 'exit-final', thresholds: 0.95, offset: 1, limit: 2 })
  expect(page.total).toBe(4)
  expect(page.samples[0]).toEqual({ sample: 1, label: 1, leaves: 1, predictions: [2, 1], confidences: [0.5, 0.8] })
  expect(page.samples).toHaveLength(2)
})

it.each(['', 'exit-', 'exit--1', 'exit-1.5', 'exit-last', 'all', 'leaving'])('“%s” is no group', (group) => {
  expect(() => grouped({ group })).toThrow('expected lost, never, or those that leave at an exit')
})
