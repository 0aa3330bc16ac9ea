/** Probabilities [size, classes]: 1 at each label. */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes)
  labels.forEach((label, position) => {
    targets[position * classes + label] = 1
  })
  return targets
}
