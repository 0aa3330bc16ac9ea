import { ExitlabError } from '../../../shared/error.ts'
import type { Operation } from './operations.ts'

/** Cost of an operation: `factor` times the product of the named sizes. */
export interface CostRule {
  factor: number
  sizes: readonly string[]
}

const free: CostRule = { factor: 0, sizes: [] }
const perElement: CostRule = { factor: 1, sizes: ['elements'] }

/**
 * What an operation costs in multiply-adds, counted as fvcore's FlopCountAnalysis counts a PyTorch model in evaluation mode
 * (method 6.1). Biases are free; `elements` are output elements, of poolings input elements.
 */
export const costRules = {
  convolution: { factor: 1, sizes: ['outputHeight', 'outputWidth', 'kernelArea', 'channels', 'filters'] },
  linear: { factor: 1, sizes: ['rows', 'inputs', 'features'] },
  'matrix-product': { factor: 1, sizes: ['matrices', 'rows', 'inner', 'columns'] },
  'batch-norm': { factor: 2, sizes: ['elements'] },
  'layer-norm': { factor: 5, sizes: ['elements'] },
  softmax: { factor: 2, sizes: ['elements'] },
  'adaptive-average-pool': perElement,
  'adaptive-max-pool': perElement,
  add: perElement,
  subtract: perElement,
  multiply: perElement,
  gelu: perElement,
  relu: free,
  reshape: free,
  concatenate: free,
  index: free,
  dropout: free,
} satisfies Record<string, CostRule>

/** Multiply-adds of one operation. Throws where its kind has no rule or a size the rule needs is missing: an unknown cost is never 0. */
export function macsOf({ module, kind, sizes }: Operation): number {
  const rule = Object.hasOwn(costRules, kind) ? costRules[kind as keyof typeof costRules] : undefined
  if (!rule) {
    throw new ExitlabError(
      'internal',
      `${module}: no cost rule for operations of kind “${kind}”; add one to the cost table`,
    )
  }
  return rule.sizes.reduce((product, name) => {
    const size = sizes[name]
    if (size === undefined)
      throw new ExitlabError('internal', `${module}: a ${kind} needs the size “${name}” to be counted`)
    return product * size
  }, rule.factor)
}
