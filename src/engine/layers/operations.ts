/**
 * Sizes that the cost of an operation follows from, by its kind. `elements`: entries of its output, of poolings, sums and means of its input;
 * `cutWindows`: windows that are cut out of the input one by one; `scaled`: whether scales follow the normalisation, default: they do;
 * `weights`: pixels that each pixel of a resized map is a sum of.
 */
interface OperationSizes {
  convolution: { outputHeight: number; outputWidth: number; kernelArea: number; channels: number; filters: number }
  linear: { rows: number; inputs: number; features: number }
  'matrix-product': { matrices: number; rows: number; inner: number; columns: number }
  'batch-norm': { elements: number; scaled?: boolean }
  'layer-norm': { elements: number; scaled?: boolean }
  softmax: { elements: number }
  'adaptive-average-pool': { elements: number; cutWindows?: number }
  'adaptive-max-pool': { elements: number; cutWindows?: number }
  'max-pool': { elements: number }
  'average-pool': { elements: number }
  add: { elements: number }
  subtract: { elements: number }
  multiply: { elements: number }
  divide: { elements: number }
  gelu: { elements: number }
  tanh: { elements: number }
  sigmoid: { elements: number }
  exponential: { elements: number }
  resize: { elements: number; weights: number }
  sum: { elements: number }
  mean: { elements: number }
  relu: Record<never, number>
  reshape: Record<never, number>
  concatenate: { elements?: number }
  index: Record<never, number>
  dropout: Record<never, number>
}
type OperationKind = keyof OperationSizes

/** One counted operation of a layer on one sample. */
export type Operation = {
  [Kind in OperationKind]: {
    /** Name of the module it belongs to: `blocks.3.conv1`. */
    module: string
    kind: Kind
    sizes: Readonly<OperationSizes[Kind]>
  }
}[OperationKind]

const free = () => 0
const perElement = ({ elements }: { elements: number }) => elements

/**
 * What an operation costs in multiply-adds, counted as fvcore's FlopCountAnalysis counts a PyTorch model in evaluation mode
 * (method 6.1). Biases are free.
 */
const costRules: { [Kind in OperationKind]: (sizes: OperationSizes[Kind]) => number } = {
  convolution: ({ outputHeight, outputWidth, kernelArea, channels, filters }) =>
    outputHeight * outputWidth * kernelArea * channels * filters,
  linear: ({ rows, inputs, features }) => rows * inputs * features,
  'matrix-product': ({ matrices, rows, inner, columns }) => matrices * rows * inner * columns,
  'batch-norm': ({ elements, scaled = true }) => (scaled ? 2 : 1) * elements,
  'layer-norm': ({ elements, scaled = true }) => (scaled ? 5 : 4) * elements,
  softmax: ({ elements }) => 2 * elements,
  'adaptive-average-pool': perElement,
  'adaptive-max-pool': perElement,
  add: perElement,
  subtract: perElement,
  multiply: perElement,
  divide: perElement,
  gelu: perElement,
  'max-pool': free,
  tanh: perElement,
  sigmoid: perElement,
  exponential: perElement,
  resize: ({ elements, weights }) => weights * elements,
  sum: perElement,
  mean: perElement,
  'average-pool': free,
  relu: free,
  reshape: free,
  concatenate: free,
  index: free,
  dropout: free,
}

/** Multiply-adds of one operation. */
export function macsOf({ kind, sizes }: Operation): number {
  return (costRules[kind] as (sizes: Operation['sizes']) => number)(sizes)
}

/** Multiply-adds of operations together. */
export function total(operations: readonly Operation[]): number {
  return operations.reduce((sum, operation) => sum + macsOf(operation), 0)
}

/**
 * Numbers that the operations of one sample give out together (of poolings, what they take in). A training step keeps most of
 * them until the backward pass has used them.
 */
export function activations(operations: readonly Operation[]): number {
  let [sum, latest] = [0, 0]
  for (const operation of operations) {
    // Element-wise operations have outputs as large as their inputs.
    if (operation.kind !== 'relu') latest = outputsOf(operation)
    sum += latest
  }
  return sum
}

/** The gradient of a window is as large as the window's source; number of such gradients alive at once, measured. */
const padded = 1.7

function outputsOf({ kind, sizes }: Operation): number {
  if (kind === 'convolution') return sizes.outputHeight * sizes.outputWidth * sizes.filters
  if (kind === 'linear') return sizes.rows * sizes.features
  if (kind === 'matrix-product') return sizes.matrices * sizes.rows * sizes.columns
  const { elements = 0, cutWindows = 0 } = sizes as { elements?: number; cutWindows?: number }
  return elements * (1 + padded * cutWindows)
}
