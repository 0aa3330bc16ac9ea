/** Methods that this version of Exitlab does not have. To be imported before anything that uses the registries. */
import { datasets } from '../../../src/main/datasets/index.ts'
import { heads } from '../../../src/main/engine/heads/index.ts'
import { families } from '../../../src/main/engine/networks/families.ts'
import { weightings } from '../../../src/main/engine/objectives/index.ts'
import { depth } from '../../extensions/depth-weighting.ts'
import { twoScale } from '../../extensions/two-scale-family.ts'

families.register('two-scale', twoScale)
heads.register('two-tower', {
  ...heads.get('pooled'),
  sizes: { towerDim: { defaultValue: 8, meaning: 'Size of a tower.' } },
})
weightings.register('by-depth', depth)
datasets.register('stripes', datasets.get('mnist'))
