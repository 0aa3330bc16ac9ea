import type { NumericalRank } from '../../../../src/readings/analyses/numerical-rank/schema.ts'
import type { Maker } from '../../../support/fake-trainer/made-results.ts'
import { madeCaveats, partOf } from '../../../support/fake-trainer/made-results.ts'

/** What the fake trainer says it found. */
export const madeResult: Maker<NumericalRank> = ({ parameters: { samples }, blocks, level, share }) => ({
  blocks: partOf(blocks, share).map((block) => ({
    block,
    rank: 8 + block,
    full: 32,
    featureCount: 64,
    usedFeatures: 32,
    spectrum: [1, 2, 4, 8, 16, 32].map((index) => ({ index, value: index ** (-1 - level) })),
  })),
  samples,
  caveats: madeCaveats,
})
