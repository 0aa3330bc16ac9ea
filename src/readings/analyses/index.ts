import { createRegistry } from '../../shared/methods/registry.ts'
import type { Analysis } from './analysis.ts'
import { gradientDominance } from './gradient-dominance/index.ts'
import { modeConnectivity } from './mode-connectivity/index.ts'
import { lossLandscape } from './loss-landscape/index.ts'
import { numericalRank } from './numerical-rank/index.ts'
import { mutualInformation } from './mutual-information/index.ts'

/** Every analysis by its name: `exitlab analyse NAME`. Tables, figures and the window's panel follow from its folder. */
export const analyses = createRegistry<Analysis>('analysis', {
  'gradient-dominance': gradientDominance,
  'mode-connectivity': modeConnectivity,
  'loss-landscape': lossLandscape,
  'numerical-rank': numericalRank,
  'mutual-information': mutualInformation,
})
