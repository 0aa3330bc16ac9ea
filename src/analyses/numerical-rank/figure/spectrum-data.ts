import type { MeanStd } from '../../../shared/evaluation.ts'
import type { RegimeName } from '../../../shared/phase.ts'

/** How fast the directions of one block's features lose weight, a line for each series. */
export interface SpectrumData {
  block: number
  /** What is counted. */
  values: 'eigenvalue' | 'singular value'
  lines: readonly SpectrumLine[]
  /** Of the largest: what lies above it counts towards the rank. */
  tolerance: number
  /** What the figure was computed on, in one line. */
  note: string
}

export interface SpectrumLine {
  regime: RegimeName
  /** Its name; the regime where nothing is swept. */
  series: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  seedCount: number
  /** Ascending places from 1; mean and standard deviation over seeds of log₁₀ (value / largest). */
  points: readonly SpectrumPoint[]
  /** How many lie above the tolerance. */
  rank: MeanStd
}

export interface SpectrumPoint extends MeanStd {
  index: number
}
