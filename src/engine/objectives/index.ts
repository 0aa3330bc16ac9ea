import { createRegistry } from '../../shared/methods/registry.ts'
import { decreasing } from './decreasing.ts'
import { gpf } from './gpf.ts'
import { increasing } from './increasing.ts'
import { sdn } from './sdn.ts'
import { uniform } from './uniform.ts'
import type { Weighting } from './weighting.ts'

export type { Weighting } from './weighting.ts'

/** Weightings of the exits' losses. */
export const weightings = createRegistry<Weighting>('weighting', {
  uniform,
  increasing,
  decreasing,
  sdn,
  gpf,
})
