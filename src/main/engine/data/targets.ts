/** Probabilities [size, classes]: 1 at each label. */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes)
  labels.forEach((label, position) => {
    targets[position * classes + label] = 1
  })
  return targets
}

/**
 * Targets [size, classes] of images mixed with their mirrors in the batch: λy + (1 − λ)y', where y and y' are the smoothed
 * labels, s/C off and 1 − s + s/C on (method 5.3).
 */
export function mixedTargets(
  labels: Int32Array,
  lambdas: Float32Array,
  { classes, smoothing }: { classes: number; smoothing: number },
): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(smoothing / classes)
  labels.forEach((label, position) => {
    const start = position * classes
    const lambda = lambdas[position]!
    targets[start + label]! += (1 - smoothing) * lambda
    targets[start + labels[labels.length - 1 - position]!]! += (1 - smoothing) * (1 - lambda)
  })
  return targets
}
