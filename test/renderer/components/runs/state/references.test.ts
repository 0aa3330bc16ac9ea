// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { aRun } from '../support/run.ts'

vi.mock('../../../../../src/renderer/api/client.ts', () => ({ client: {} }))
const { referencesTo } = await import('../../../../../src/renderer/components/runs/state/run-actions.ts')

test('an experiment stands for its runs where all of them are meant', () => {
  const all = [1, 2].flatMap((seed) =>
    ['a', 'b'].map((experiment) => aRun({ id: `${experiment}${seed}`, experiment, experimentId: experiment, seed })),
  )
  const chosen = all.filter(({ id }) => id !== 'b2')
  expect(referencesTo(chosen, all)).toBe('a,b1')
})
