import type { MeanStd } from '../../../shared/evaluation.ts'
import type { RegimeName } from '../../../shared/phase.ts'

/** How fast the directions of one block's features lose weight, a line for each regime. */
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
  seedCount: number
  /** Ascending places from 1; mean and standard deviation over seeds of log₁₀ (value / largest). */
  points: readonly SpectrumPoint[]
  /** How many lie above the tolerance. */
  rank: MeanStd
}

export interface SpectrumPoint extends MeanStd {
  index: number
}
