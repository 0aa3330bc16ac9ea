import type { Operation } from './operations.ts'

/**
 * Numbers that the operations of one image give out together (of poolings, what they take in). A training step keeps most of
 * them until the backward pass has used them.
 */
export function activations(operations: readonly Operation[]): number {
  let [sum, latest] = [0, 0]
  for (const operation of operations) {
    // What only changes values is as large as what it was given.
    if (operation.kind !== 'relu') latest = outputsOf(operation)
    sum += latest
  }
  return sum
}

/** The gradient of a window that is cut out is as large as what it was cut out of; how many of them are there at once, measured. */
const padded = 1.7

function outputsOf({ kind, sizes }: Operation): number {
  const { outputHeight = 0, outputWidth = 0, filters = 0, rows = 0, features = 0, matrices = 0, columns = 0 } = sizes
  if (kind === 'convolution') return outputHeight * outputWidth * filters
  if (kind === 'linear') return rows * features
  if (kind === 'matrix-product') return matrices * rows * columns
  return (sizes['elements'] ?? 0) * (1 + padded * (sizes['cutWindows'] ?? 0))
}
