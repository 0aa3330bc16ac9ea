import type { MutualInformation } from '../../../../src/readings/analyses/mutual-information/schema.ts'
import type { Maker } from '../../../support/fake-trainer/made-results.ts'
import { madeCaveats, partOf } from '../../../support/fake-trainer/made-results.ts'

/** What the fake trainer says it found. */
export const madeResult: Maker<MutualInformation> = ({ parameters: { references, label }, blocks, level, share }) => ({
  blocks: partOf(blocks, share).map((block) => ({
    block,
    input: Math.log(references) * (1 - level / 10) ** (block + 1),
    inputError: 0.02,
    label: label ? 1 + block / 10 : null,
    labelError: label ? 0.01 : null,
    dimensions: 32,
  })),
  inputCeiling: Math.log(references),
  labelCeiling: label ? Math.log(3) : null,
  caveats: madeCaveats,
})
