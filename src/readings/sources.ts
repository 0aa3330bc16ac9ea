import type { ComparedSummary, EvaluationSummary, RunIdentity } from '../engine/evaluation/evaluation-summary.ts'
import type { ValueOutputs } from '../engine/evaluation/predicted-values.ts'
import type { ClassifiedRun, ScoredRun } from '../engine/evaluation/scored-run.ts'
import type { CostKind } from '../shared/evaluation/cost-kind.ts'
import type { Latency } from '../shared/evaluation/latency.ts'
import type { OutputsSource } from '../shared/evaluation/outputs-source.ts'
import type { ReadSplit } from '../shared/evaluation/read-on.ts'
import type { PublishedTables } from '../shared/runs/published.ts'
import type { RunSummary } from '../shared/runs/runs.ts'
import type {
  AskedCurves,
  NetworkLedger,
  PhaseTraining,
  RunCurve,
  RunDominance,
  RunEpochs,
  SettingDifferences,
} from './given.ts'

/** Which runs are read, and how. */
export interface AskedRuns {
  /** Runs, experiments and imported results; empty: every run that is done. */
  runs: readonly string[]
  /** What else is compared, beside which series are named and look. */
  among?: readonly string[]
  /** Default: the exit rule of the runs' task. */
  rule?: string | undefined
  /** Default: as the question says. `both`: of a reading that itself shows no test values that are closed. */
  split?: ReadSplit | 'both' | undefined
  cost: CostKind
}

/** Outputs on one split of runs that differ in their seed alone. */
export interface AskedOutputs {
  runs: readonly string[]
  /** Default: the exit rule of the task; predictions are those that it reads. */
  rule?: string | undefined
  /** Default: as the question says. */
  split?: ReadSplit | undefined
}

/** Of runs in any state. References of one run where one is needed. */
type References = readonly string[]

/**
 * What readings are computed from. Each is read where a reading asks for it, on the samples that its question is read on: validation
 * samples of a sweep whose test values are closed, which is then said by `readOn` of the runs. @throws ExitlabError `conflict` for its test samples.
 */
export interface ReadingSources {
  /** The finished ones of the runs, and the imported results. @throws ExitlabError `conflict` where nothing can be compared. */
  results(asked: AskedRuns): Promise<ComparedSummary[]>
  /** The same of runs alone: imported results have no samples. */
  runs(asked: AskedRuns): Promise<EvaluationSummary[]>
  /** On which samples the question is read. */
  split(): ReadSplit
  /** Predictions of every exit of the seeds of one series. @throws ExitlabError `usage` for a regression. */
  outputs(asked: AskedOutputs): Promise<[ClassifiedRun, ...ClassifiedRun[]]>
  /** The same of any task, scored under the rule. */
  scored(asked: AskedOutputs & { cost?: CostKind }): Promise<[ScoredRun, ...ScoredRun[]]>
  /** The same of the samples that were held back for calibration; null where none were. */
  calibration(asked: Omit<AskedOutputs, 'split'>): Promise<[ScoredRun, ...ScoredRun[]] | null>
  /** Predictions of every exit of one run of a regression. @throws ExitlabError `usage` for a classification. */
  values(asked: Omit<AskedOutputs, 'rule'>): Promise<{ identity: RunIdentity; outputs: ValueOutputs }>
  /** Gives the outputs of one run to `use`: of all exits and classes, which may be larger than memory. */
  logits<T>(asked: Omit<AskedOutputs, 'rule'>, use: (outputs: OutputsSource) => Promise<T>): Promise<T>
  /** What tells the data of runs apart, by their ids: results on other data are not compared. */
  data(runs: References): Map<string, string>
  /** Names of the classes of a run's data, `count` of them; `class 0` where the data set is not there. */
  classes(run: string, count: number): Promise<string[]>
  /** What another reading says, which its answer's schema parses. */
  ask(reading: string, question: unknown): Promise<unknown>
  /** The paper's tables, and which of the runs, read under the rule, have the settings of each. */
  published(asked: Pick<AskedRuns, 'runs' | 'rule'>): Promise<PublishedTables>
  /** Name of the exit rule that the question is answered under. */
  ruleOf(asked: Pick<AskedRuns, 'runs' | 'rule'>): string
  /** One run as lists show it. @throws ExitlabError `usage` or `conflict` for several. */
  run(run: References): RunSummary
  /** Runs as lists show them. */
  listed(runs: References): RunSummary[]
  settings(runs: References): Pick<SettingDifferences, 'settings' | 'same'>
  /** The network of one run, operation by operation. */
  network(run: References): Promise<NetworkLedger>
  /** The epochs of one run. */
  epochs(run: References): RunEpochs
  /** Gradient dominance of one run, as it was measured while it was trained. */
  dominance(run: References): RunDominance
  /** What each phase of each run took to train, by the ids of the runs. */
  trainings(runs: References): Promise<Map<string, PhaseTraining[]>>
  /** Latency of the networks of runs by their ids, on the one machine that all are read against. @throws ExitlabError `conflict`, with the command that measures, where there is none. */
  latencies(runs: References): { machine: string; of: Map<string, Latency['batches']> }
  /** Curves of runs and imported results, as far as they are trained. */
  curves(asked: AskedCurves): RunCurve[]
}
