import { partsOf, type Source, type WeightMap } from '../weight-map.ts'
import type { ResnetSpec } from './schema.ts'

/** Our names of a block's modules → torchvision's. */
const shortcut: Record<string, string> = { 'shortcut.conv': 'downsample.0', 'shortcut.bn': 'downsample.1' }
const outside: Record<string, string> = { 'stem.conv': 'conv1', 'stem.bn': 'bn1', classifier: 'fc' }

/** torchvision's ResNets: blocks are counted within stages from 1 on, `layer2.0.conv1.weight`. */
export const torchvision: WeightMap<ResnetSpec> = {
  title: 'torchvision',
  sign: 'layer1.0.conv1.weight',
  source,
  caveat: ({ maxPool }) =>
    maxPool
      ? null
      : 'torchvision’s ResNets have max-pooling after the stem, this network has not (set network.maxPool: true): its features differ from those for which the weights were trained.',
}

function source(name: string, { blockCounts }: ResnetSpec): Source | null {
  const { block, module, array } = partsOf(name)
  if (block === null) return outside[module] ? { from: [`${outside[module]}.${array}`] } : null
  const { stage, index } = placeOf(block, blockCounts)
  return { from: [`layer${stage + 1}.${index}.${shortcut[module] ?? module}.${array}`] }
}

function placeOf(block: number, blockCounts: readonly number[]): { stage: number; index: number } {
  let [stage, index] = [0, block]
  while (index >= blockCounts[stage]!) index -= blockCounts[stage++]!
  return { stage, index }
}
