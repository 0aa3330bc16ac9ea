/** Methods that this version of Exitlab does not have. To be imported before anything that uses the registries. */
import { datasets } from '../../../src/datasets/index.ts'
import { heads } from '../../../src/engine/heads/index.ts'
import { families } from '../../../src/engine/networks/families.ts'
import { weightings } from '../../../src/engine/objectives/index.ts'
import { depth } from '../../main/extensions/depth-weighting.ts'
import { twoScale } from '../../main/extensions/two-scale-family.ts'

families.register('two-scale', twoScale)
heads.register('two-tower', {
  ...heads.get('pooled'),
  sizes: { towerDim: { defaultValue: 8, meaning: 'Size of a tower.' } },
})
weightings.register('by-depth', depth)
datasets.register('stripes', datasets.get('mnist'))
