/** Outputs of a regression: predictions of each exit, and the values. */
export const outputsOf = (predictions: number[][], values: number[]) => ({
  exitCount: predictions.length,
  sampleCount: values.length,
  logits: Float32Array.from(predictions.flat()),
  targets: Float32Array.from(values),
})

/** Two exits, four samples: errors of exit 0 are 1, −3, 0, 2, of the final one 0.5, 0.5, −2, 0. */
export const madeOutputs = outputsOf(
  [
    [2, 1, 3, 7],
    [1.5, 4.5, 1, 5],
  ],
  [1, 4, 3, 5],
)
