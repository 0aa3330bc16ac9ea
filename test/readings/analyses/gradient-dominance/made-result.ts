import type { GradientDominance } from '../../../../src/readings/analyses/gradient-dominance/schema.ts'
import type { Maker } from '../../../support/fake-trainer/made-results.ts'
import { madeCaveats } from '../../../support/fake-trainer/made-results.ts'

/** What the fake trainer says it found. */
export const madeResult: Maker<GradientDominance> = ({ parameters, exits, blocks, level, share }) => ({
  exits: exits.map((exit) => level / (exit + 1)),
  blocks: exits.map((exit) =>
    blocks.map((block) => (exit < exits.length - 1 && block > exit + 1 ? null : level / (exit + block + 1))),
  ),
  spread: exits.map(() => (parameters.batches > 1 ? level / 10 : null)),
  batches: Math.max(1, Math.floor(share * parameters.batches)),
  caveats: madeCaveats,
})
