import { expect, test } from 'vitest'
import { objectiveWords } from '../../../src/shared/methods/objective-words.ts'

test.each([
  [undefined, null],
  [{ weighting: 'gpf' }, 'weighting gpf'],
  [{ weighting: 'uniform', gradients: 'equilibrium' }, 'gradient equilibrium'],
  [
    { weighting: 'increasing', parameters: { first: 0.6, last: 1.4 }, gradients: 'equilibrium' },
    'weighting increasing (first 0.6, last 1.4), gradient equilibrium',
  ],
] as const)('%j is “%s”', (objective, words) => {
  expect(objectiveWords(objective)).toBe(words)
})
