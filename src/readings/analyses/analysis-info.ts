import type { Baselines } from '../../shared/experiment/baselines.ts'

/** Description of an analysis, known before it is computed. */
export interface AnalysisInfo {
  title: string
  /** One sentence: what it measures. */
  sentence: string
  /** Publication. */
  paper: string
  /** Runs of one analysis: more are analysed run by run, or pair by pair. */
  runs: 1 | 2
  /** Raised where the same parameters give another result than before, so that kept results are not taken for it. */
  version: number
  /** Whether the result depends on the batches that a run was trained on; false where it follows from weights and images. */
  trainingBatches?: true
  /** Whether it reads classes, or losses as those of classification. */
  ofClasses?: true
  /** Whether it compares exits, which a network trained without any has not. */
  ofExits?: true
  /** Parameters that were added later, each with what was done before, which the ids of analyses leave out. */
  baselines?: Baselines
}
