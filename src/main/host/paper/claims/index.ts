import type { Claim } from './claim.ts'
import { designClaims } from './design.ts'
import { otherRegimeClaims } from './other-regimes.ts'
import { threeRegimeClaims } from './three-regimes.ts'

/** Qualitative findings of the paper, in the order of its sections. Numbers of points are those of its settings, also where networks and data are smaller. */
export const claims: readonly Claim[] = [...threeRegimeClaims, ...otherRegimeClaims, ...designClaims]
