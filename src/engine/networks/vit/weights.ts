import { partsOf, type Fitted, type Shape, type Source, type WeightMap } from '../weight-map.ts'
import { resampledGrid } from './resampled-grid.ts'
import type { VitSpec } from './schema.ts'

const outside: Record<string, string> = {
  cls_token: 'class_token',
  pos_embedding: 'encoder.pos_embedding',
  patch: 'conv_proj',
  norm: 'encoder.ln',
  classifier: 'heads.head',
}
const ofBlocks: Record<string, string> = {
  norm1: 'ln_1',
  'attn.out': 'self_attention.out_proj',
  norm2: 'ln_2',
  'mlp.fc1': 'mlp.0',
  'mlp.fc2': 'mlp.3',
}

/** torchvision's vision transformers, whose in-projection is packed as ours is. */
export const torchvision: WeightMap<VitSpec> = {
  title: 'torchvision',
  sign: 'encoder.layers.encoder_layer_0.ln_1.weight',
  // Names in the first versions of timm's files.
  rename: (name) => name.replace(/\.mlp\.linear_([12])\./, (_, layer) => `.mlp.${layer === '1' ? 0 : 3}.`),
  source,
}

function source(name: string): Source | null {
  if (name === 'pos_embedding') return { from: [outside[name]!], fit: interpolated }
  if (outside[name]) return { from: [outside[name]] }
  const { block, module, array } = partsOf(name)
  if (block === null) return outside[module] ? { from: [`${outside[module]}.${array}`] } : null
  const layer = `encoder.layers.encoder_layer_${block}`
  if (module === 'attn.qkv') return { from: [`${layer}.self_attention.in_proj_${array}`] }
  return { from: [`${layer}.${ofBlocks[module]}.${array}`] }
}

/** Position embeddings [1, 1 + grid², dim] interpolated to another grid; that of the class token is unchanged. */
function interpolated(found: Shape, needed: Shape): Fitted | null {
  const [, tokens, dim] = found
  const [from, to] = [found, needed].map((shape) => Math.sqrt(shape[1]! - 1)) as [number, number]
  const isGrid = (side: number) => Number.isInteger(side) && side > 0
  if (found.length !== 3 || found[0] !== 1 || dim !== needed[2] || !isGrid(from) || !isGrid(to)) return null
  return {
    note: `${from} × ${from} positions interpolated to ${to} × ${to} (bicubic)`,
    values(positions) {
      const grid = resampledGrid(positions.subarray(dim!, tokens! * dim!), { from, to, channels: dim! })
      const all = new Float32Array((1 + to * to) * dim!)
      all.set(positions.subarray(0, dim))
      all.set(grid, dim)
      return all
    },
  }
}
