import { expect, it } from 'vitest'
import type { MutualInformation } from '../../../../src/analyses/mutual-information/schema.ts'
import { withParameter } from '../../../../src/renderer/composables/analyses/changed-parameter.ts'

const choice = { parameters: { properties: { sigma: { default: 0.5 } } } }
const set = (changed: object, value: number, known: typeof choice | null = choice) =>
  withParameter<MutualInformation, 'sigma'>(changed, { key: 'sigma', value }, known)

it('keeps a parameter that differs from its default, and drops one that does not', () => {
  expect(set({ samples: 100 }, 1)).toEqual({ samples: 100, sigma: 1 })
  expect(set({ samples: 100, sigma: 1 }, 0.5)).toEqual({ samples: 100 })
  expect(set({}, 0.5, null)).toEqual({ sigma: 0.5 })
})
