/** A number that says how well an exit does on a split. */
export interface Metric {
  title: string
  /** Its name within a sentence. */
  noun: string
  /** As shown, empty where it has none; a share 0 … 1 is shown in %. */
  unit: string
  higherIsBetter: boolean
  /** In a table; figures have one less. */
  decimals: number
  /** Values that it can have, 0 … 1 for a share. */
  range: readonly [lowest: number, highest: number]
}

/** Metrics of one exit by name; null where one is undefined, as the correlation of a constant is. */
export type MetricValues = Record<string, number | null>

/** A value in the unit that it is shown in. */
export const inUnit = ({ unit }: Pick<Metric, 'unit'>, value: number): number => (unit === '%' ? 100 * value : value)

/** The best of some values. */
export const best = ({ higherIsBetter }: Pick<Metric, 'higherIsBetter'>, values: readonly number[]): number =>
  higherIsBetter ? Math.max(...values) : Math.min(...values)

/** What an improvement on test samples is counted in: `points of test accuracy`, `test MSE`. */
export const gainOf = ({ noun, unit }: Metric): string => (unit === '%' ? `points of test ${noun}` : `test ${noun}`)

/** What a difference is counted in: `points`, `MSE`. */
export const differenceUnit = ({ noun, unit }: Metric): string => (unit === '%' ? 'points' : noun)

/** `accuracy (%)`, `MSE`: a noun with the unit behind it. */
export const withUnit = (words: string, { unit }: Pick<Metric, 'unit'>): string =>
  unit === '' ? words : `${words} (${unit})`
