/** What an analysis is, before it is done. */
export interface AnalysisInfo {
  title: string
  /** One sentence: what it shows. */
  sentence: string
  /** Where it comes from. */
  paper: string
  /** How many runs one analysis is of: several are asked for run by run, or pair by pair. */
  runs: 1 | 2
  /** Raised where the same question has another answer than before, so that old answers are not taken for it. */
  version: number
}
