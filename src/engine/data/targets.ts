/** Targets of samples. */
export interface Targets {
  /** [count], 0 … classes − 1 */
  labels: Int32Array
  /** [count], the values that a regression predicts; null or absent for classification. */
  values?: Float32Array | null | undefined
}

/** Labels of a data set as it is distributed. */
export interface SplitLabels {
  train: Int32Array
  test: Int32Array
}

/** Values of a data set for regression, as it is distributed. */
export interface SplitValues {
  train: Float32Array
  test: Float32Array
}

/** Labels, and values for regression. */
export interface SplitTargets {
  labels: SplitLabels
  values?: SplitValues | null
}

/** Targets of a split. */
export function targetsOf({ labels, values }: SplitTargets, split: keyof SplitLabels): Targets {
  return { labels: labels[split], values: values?.[split] }
}

/** Targets at some positions, in their order. */
export function gatherTargets({ labels, values }: Targets, positions: Int32Array) {
  return {
    labels: positions.map((position) => labels[position]!),
    ...(values && { values: Float32Array.from(positions, (position) => values[position]!) }),
  }
}
