import type { ComparedSummary, EvaluationSummary } from '../main/engine/evaluation/evaluation-summary.ts'
import type { ClassifiedRun } from '../main/engine/evaluation/what-if-over-seeds.ts'
import type { CostKind } from '../shared/latency.ts'
import type { PublishedTables } from '../shared/published.ts'

/** Which runs are read, and how. */
export interface AskedRuns {
  /** Runs, experiments and imported results; empty: every run that is done. */
  runs: readonly string[]
  /** What else is compared, beside which series are named and look. */
  among?: readonly string[]
  /** Default: the exit rule of the runs' task. */
  rule?: string | undefined
  cost: CostKind
}

/** Outputs on one split of runs that differ in their seed alone. */
interface AskedOutputs {
  runs: readonly string[]
  /** Default: the exit rule of the task; predictions depend on its temperatures alone. */
  rule?: string
  split: 'validation' | 'test'
}

/** What readings are computed from. Each is read where a reading asks for it. */
export interface ReadingSources {
  /** The finished ones of the runs, and the imported results. @throws ExitlabError `conflict` where nothing can be compared. */
  results(asked: AskedRuns): Promise<ComparedSummary[]>
  /** The same of runs alone: imported results have no samples. */
  runs(asked: AskedRuns): Promise<EvaluationSummary[]>
  /** Predictions of every exit of the seeds of one series. @throws ExitlabError `usage` for a regression. */
  outputs(asked: AskedOutputs): Promise<[ClassifiedRun, ...ClassifiedRun[]]>
  /** What another reading says, which its answer's schema parses. */
  ask(reading: string, question: unknown): Promise<unknown>
  /** The paper's tables, and which of the runs, read under the rule, have the settings of each. */
  published(asked: Pick<AskedRuns, 'runs' | 'rule'>): Promise<PublishedTables>
  /** Name of the exit rule that the question is answered under. */
  ruleOf(asked: Pick<AskedRuns, 'runs' | 'rule'>): string
}
