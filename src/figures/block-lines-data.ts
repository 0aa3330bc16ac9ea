import type { MeanStd } from '../shared/evaluation/evaluation.ts'

/** A value at the output of each block of the backbone, a line for each series. */
export interface BlockLinesData {
  /** Names the vertical axis, with its unit. */
  title: string
  /** Quantity at the start of a sentence: `Numerical rank`. */
  subject: string
  /** Decimals of a value in words. */
  decimals: number
  /** Whether the vertical axis begins at zero. */
  fromZero: boolean
  blockCount: number
  /** Block that each exit reads, in depth order; the last is the final classifier's. */
  exits: readonly number[]
  lines: readonly BlockLine[]
  /** The most that a value can be; null where nothing bounds it. */
  limit: BlockLimit | null
  /** Data of the computation, in one line. */
  note: string
}

export interface BlockLine {
  regime: string
  /** Its name; the regime where nothing is swept. */
  series: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  seeds: readonly number[]
  /** Ascending blocks. */
  points: readonly BlockPoint[]
}

interface BlockPoint extends MeanStd {
  block: number
}

export interface BlockLimit {
  /** Before its value: `full rank`, `ceiling ln 2000 =`. */
  name: string
  /** Ascending blocks. */
  points: readonly { block: number; value: number }[]
}

/** Exits that read a block, such as `2` or `final`. */
export function exitsAt({ exits }: Pick<BlockLinesData, 'exits'>, block: number): string[] {
  return exits.flatMap((at, exit) => (at === block ? [exit === exits.length - 1 ? 'final' : String(exit)] : []))
}
