import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import type { EvaluatedSplit } from '../../../../shared/data/data.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import {
  ruleNameOf,
  ruleOfTask,
  type EvaluationSummary,
  type RunIdentity,
  type ScoredRun,
  type SplitSummary,
} from '../../../../engine/pure.ts'
import type { EvaluatedOutputs } from '../../../../files/evaluation-file.ts'
import { fileStamp } from '../../../../files/file-stamp.ts'
import type { ExpectedFile } from '../../../../files/verified-file.ts'
import type { EvaluationRow } from '../../../store/evaluations.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { createKeptSummaries, questionKey, type SummaryQuestion } from './kept-summaries.ts'
import type { CostsInPlace } from './measured-costs.ts'
import type { Scores, ScoredParts, SplitSummaries } from './score-evaluation.ts'
import { scoreElsewhere } from './scoring-threads.ts'
import { runIdentity } from './run-identity.ts'
import { damagedEvaluation, evaluationFileOf, useOutputs } from './stored-outputs.ts'

/** Summaries kept in memory, 5 kB each with 100 thresholds. */
const keptSummaryBytes = 128 * 2 ** 20
/** Scored splits kept in memory; one of 10,000 images and 8 exits takes 1.8 MB. */
const keptScoredBytes = 256 * 2 ** 20

/** Answers of readings kept in memory: those of the panels of a few comparisons. */
const keptAnswers = 64

/** Reads evaluations of runs. Checksum and owner are checked when a file is read. What was made of it is kept, in memory and in the store, until the file is written again. */
export interface EvaluationReader {
  /** The evaluation of a run; null while it has none. */
  rowOf(run: RunRow): EvaluationRow | null
  /** Gives the outputs to `use`. @throws ExitlabError `checkpoint-damaged` if the file has changed since it was written. */
  outputs<T>(run: RunRow, use: (outputs: EvaluatedOutputs) => Promise<T>): Promise<T>
  /** Default rule: that of the run's task. */
  summary(run: RunRow, read?: ReadOptions): Promise<EvaluationSummary>
  /** Writes the summaries that were made to the store. */
  keepSummaries(): void
  /** What tells the evaluation of a run, as its file is now, from any other; null while it has none. */
  stampOf(run: RunRow): string | null
  /** The answer to a question, computed where it is not kept. Failures are not kept. */
  kept(key: string, compute: () => Promise<unknown>): Promise<unknown>
  /** Scores of one split under a rule; default: that of the run's task. */
  scored(run: RunRow, read: ReadOptions & { split: EvaluatedSplit }): Promise<ScoredRun>
}

export interface ReadOptions {
  rule?: string | undefined
  /** Costs in place of multiply-adds. */
  costs?: CostsInPlace | undefined
}

/** Services for requests about evaluated runs. */
export interface EvaluationSources {
  store: Store
  evaluations: EvaluationReader
}

/** A run, and what is asked about its evaluation. */
interface ScoredRunFile {
  run: RunRow
  about: RunIdentity
  question: SummaryQuestion
  file: ExpectedFile
  /** Of the file; 0 where it is gone. */
  bytes: number
}

export function createEvaluationReader(store: Store): EvaluationReader {
  const kept = createKeptSummaries(store)
  const summaries = new LRUCache<string, SplitSummaries, ScoredRunFile>({
    maxSize: keptSummaryBytes,
    sizeCalculation: summaryBytes,
    fetchMethod: async (_key, _stale, { context }) => {
      const found = kept.find(context.question)
      if (found !== null) return found
      const made = await scoresOf('summaries', context)
      kept.add(context.question, made)
      return made
    },
    ignoreFetchAbort: true,
  })
  const scoredSplits = new LRUCache<string, ScoredParts, ScoredRunFile & { split: EvaluatedSplit }>({
    maxSize: keptScoredBytes,
    sizeCalculation: bytesOf,
    fetchMethod: (_key, _stale, { context }) => scoresOf(context.split, context),
    ignoreFetchAbort: true,
  })

  const answers = new LRUCache<string, { answer: unknown }, () => Promise<unknown>>({
    max: keptAnswers,
    fetchMethod: async (_key, _stale, { context }) => ({ answer: await context() }),
    ignoreFetchAbort: true,
  })

  return {
    stampOf(run) {
      const found = store.evaluations.fileOf(run.id)
      return found && `${found.sha256} ${fileStamp(join(store.workspace.folder, found.file))?.text ?? ''}`
    },
    kept: async (key, compute) => (await answers.forceFetch(key, { context: compute })).answer,
    rowOf: (run) => store.evaluations.get(store.phases.last(run.id)!.id),
    outputs: (run, use) => useOutputs(store, run, use),
    async summary(run, read = {}) {
      const context = asked(store, run, read)
      const { about, question } = context
      return { ...about, rule: question.rule.name, ...(await summaries.forceFetch(questionKey(question), { context })) }
    },
    keepSummaries: () => kept.write(),
    async scored(run, { split, ...read }) {
      const context = { ...asked(store, run, read), split }
      const key = `${split} ${questionKey(context.question)}`
      return { identity: context.about, ...(await scoredSplits.forceFetch(key, { context })) }
    },
  }
}

async function scoresOf<What extends keyof Scores>(
  what: What,
  { run, about, question, file, bytes }: ScoredRunFile,
): Promise<Scores[What]> {
  const found = await scoreElsewhere({ what, file, about, rule: question.rule.name }, { bytes }).catch(naming(run))
  if ('fault' in found) throw damagedEvaluation(file.path, run, found.fault)
  return found.made
}

/** Of many runs that are compared it has to be known which one is to be left out. */
const naming = (run: RunRow) => (error: unknown) => {
  if (!(error instanceof ExitlabError) || error.code !== 'data') throw error
  throw new ExitlabError('data', `${run.name} (${run.id}): ${error.message}`, { ...error.fields, cause: error })
}

function asked(store: Store, run: RunRow, { rule: requested, costs }: ReadOptions): ScoredRunFile {
  const about = runIdentity(store, run, costs)
  const name = ruleNameOf(about, requested)
  const thresholds = ruleOfTask(about, name).thresholds(about.exitCosts.length)
  const { phaseId, ...file } = evaluationFileOf(store, run)
  const { sha256, marks } = file
  const stamp = fileStamp(file.path)
  const read = { phaseId, sha256, marks, stamp: stamp && stamp.text }
  const question = { ...read, rule: { name, thresholds }, exitCosts: about.exitCosts }
  return { run, about, question, file, bytes: stamp?.bytes ?? 0 }
}

/** Of numbers in curves and exits. */
function summaryBytes({ validation, test }: SplitSummaries): number {
  const count = ({ curve, exitValues }: SplitSummary) => 3 * curve.values.length + 2 * exitValues.length
  return 8 * (count(validation) + count(test))
}

function bytesOf({ scored, predictions }: ScoredParts): number {
  const { classes, confidences, entropies, labels } = predictions ?? {}
  const arrays = new Set([scored.scores, scored.values, scored.predicted, classes, confidences, entropies, labels])
  return [...arrays].reduce((sum, array) => sum + (array?.byteLength ?? 0), 0)
}
