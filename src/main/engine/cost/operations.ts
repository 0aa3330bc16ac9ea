/**
 * One counted operation of a layer on one sample. Kinds without a rule in the table (cost/table.ts) are an error, never zero.
 */
export interface Operation {
  /** Name of the module it belongs to: `blocks.3.conv1`. */
  module: string
  kind: string
  /** Sizes the rule of this kind needs, e.g. output elements, weight shape; `cutWindows`: how many are cut out of the input one by one. */
  sizes: Readonly<Record<string, number>>
}
