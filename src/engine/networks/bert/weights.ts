import { partsOf, type Fitted, type Shape, type Source, type WeightMap } from '../weight-map.ts'

const outside: Record<string, string> = {
  'embeddings.word': 'embeddings.word_embeddings',
  'embeddings.position': 'embeddings.position_embeddings',
  'embeddings.segment': 'embeddings.token_type_embeddings',
  'embeddings.norm': 'embeddings.LayerNorm',
  pooler: 'pooler.dense',
  classifier: 'classifier',
}
/** Our names of the modules of a layer's two blocks → Hugging Face's. */
const ofLayers: readonly Record<string, string>[] = [
  { 'attn.out': 'attention.output.dense', norm: 'attention.output.LayerNorm' },
  { 'mlp.fc1': 'intermediate.dense', 'mlp.fc2': 'output.dense', norm: 'output.LayerNorm' },
]

/** Hugging Face's BERT, alone or as a part (`bert.`) of a model for a task. */
export const huggingFace: WeightMap = {
  title: 'Hugging Face',
  sign: 'embeddings.word_embeddings.weight',
  // Files that were converted from TensorFlow call scale and offset of layer norm gamma and beta.
  rename: (name) =>
    name
      .replace(/^bert\./, '')
      .replace(/LayerNorm\.gamma$/, 'LayerNorm.weight')
      .replace(/LayerNorm\.beta$/, 'LayerNorm.bias'),
  source,
}

function source(name: string): Source | null {
  const { block, module, array } = partsOf(name)
  if (block === null) {
    if (!outside[module]) return null
    const from = [`${outside[module]}.${array}`]
    return module === 'embeddings.position' ? { from, fit: firstPositions } : { from }
  }
  const layer = `encoder.layer.${Math.floor(block / 2)}`
  if (module === 'attn.qkv') {
    return { from: ['query', 'key', 'value'].map((each) => `${layer}.attention.self.${each}.${array}`) }
  }
  return { from: [`${layer}.${ofLayers[block % 2]![module]}.${array}`] }
}

/** Of more positions than are needed the first. */
function firstPositions([found, dim]: Shape, [needed, width]: Shape): Fitted | null {
  if (dim !== width || found! < needed!) return null
  return {
    note: `the first ${needed} of ${found} positions`,
    values: (positions) => positions.subarray(0, needed! * dim!),
  }
}
