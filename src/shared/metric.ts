/** A number that says how well an exit does on a split. */
export interface Metric {
  title: string
  /** As shown; a share 0 … 1 is shown in %. */
  unit: string
  higherIsBetter: boolean
  /** As shown. */
  decimals: number
}

/** Metrics of classification: the share of samples whose class is the likeliest one, and the mean cross-entropy. */
export const classificationMetrics = {
  accuracy: { title: 'Accuracy', unit: '%', higherIsBetter: true, decimals: 2 },
  loss: { title: 'Loss', unit: 'nats', higherIsBetter: false, decimals: 4 },
} as const satisfies Record<string, Metric>
