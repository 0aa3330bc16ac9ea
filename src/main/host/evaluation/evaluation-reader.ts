import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { ExitlabError } from '../../../shared/error.ts'
import type { ExitOutputs } from '../../../shared/evaluation.ts'
import { decodeSafetensors, type SafetensorsFile } from '../../../shared/safetensors.ts'
import {
  predict,
  ruleNameOf,
  ruleOfTask,
  scoreExits,
  summariseEvaluation,
  temperaturesOf,
  type EvaluationSummary,
  type RunIdentity,
  type ScoredRun,
} from '../../engine/pure.ts'
import type { EvaluationRow } from '../../store/evaluations.ts'
import type { SeriesRow } from '../../store/series.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { readVerified } from '../../files/verified-file.ts'
import { latencyOn } from './latency-machine.ts'
import { evaluationMarks, retrying } from '../runs/phase-files.ts'

/** Summaries kept in memory, a few tens of kilobytes each. */
const keptSummaries = 2000
/** Scored splits kept in memory; one of 10,000 images and 8 exits takes 1.8 MB. */
const keptScoredBytes = 128 * 2 ** 20

export interface EvaluatedOutputs {
  validation: ExitOutputs
  test: ExitOutputs
  /** Positions of the samples in the data set's own training images and test images; null where an earlier version evaluated. */
  indices: { validation: Int32Array; test: Int32Array } | null
}

/** Reads evaluations of runs. Checksum and owner are checked when a file is read; summaries are cached. */
export interface EvaluationReader {
  /** The evaluation of a run; null while it has none. */
  rowOf(run: RunRow): EvaluationRow | null
  /** The logits. @throws ExitlabError `checkpoint-damaged` if the file has changed since it was written. */
  outputs(run: RunRow): Promise<EvaluatedOutputs>
  /** Default rule: that of the run's task. */
  summary(run: RunRow, read?: ReadOptions): Promise<EvaluationSummary>
  /** Scores of one split under a rule; default: that of the run's task. */
  scored(run: RunRow, read: ReadOptions & { split: 'validation' | 'test' }): Promise<ScoredRun>
}

export interface ReadOptions {
  rule?: string | undefined
  /** Machine whose latencies are the costs, as `latencyMachine` finds it; default: multiply-adds. */
  machine?: string | undefined
}

/** Services for requests about evaluated runs. */
export interface EvaluationSources {
  store: Store
  evaluations: EvaluationReader
}

export function createEvaluationReader(store: Store): EvaluationReader {
  const summaries = new LRUCache<string, EvaluationSummary, Read>({
    max: keptSummaries,
    fetchMethod: async (_key, _stale, { context: { run, rule, machine } }) =>
      summariseEvaluation({ ...identity(run, machine), ...(await outputs(run)) }, rule),
    ignoreFetchAbort: true,
  })
  const scoredRuns = new LRUCache<string, ScoredRun, Read & { split: 'validation' | 'test' }>({
    maxSize: keptScoredBytes,
    sizeCalculation: bytesOf,
    async fetchMethod(_key, _stale, { context: { run, rule, split, machine } }) {
      const about = identity(run, machine)
      const chosen = ruleOfTask(about, rule)
      const read = await outputs(run)
      const temperatures = temperaturesOf(chosen, read.validation)
      const predictions = about.task ? null : predict(read[split], temperatures)
      return { identity: about, scored: scoreExits(chosen, read[split], predictions), predictions, temperatures }
    },
    ignoreFetchAbort: true,
  })

  const rowOf = (run: RunRow) => store.evaluations.get(store.phases.chain(run.id).at(-1)!.id)

  async function outputs(run: RunRow): Promise<EvaluatedOutputs> {
    const row = rowOf(run)
    if (row === null) throw new ExitlabError('conflict', `${run.name} is ${run.status}: it has not been evaluated yet.`)
    const path = join(store.workspace.folder, row.file)
    const marks = evaluationMarks(store.phases.chain(run.id).at(-1)!)
    const { bytes, fault } = await readVerified({ path, sha256: row.sha256, marks })
    if (bytes === null) throw damaged(path, run, fault)
    const file = decodeSafetensors(bytes, path)
    const validation = outputsOf(file, 'validation', path)
    return { validation, test: outputsOf(file, 'test', path), indices: indicesOf(file) }
  }

  function identity(run: RunRow, machine?: string): RunIdentity {
    const about = identityOf(run, store.experiments.nameOf(run.experimentId), store.series.get(run.seriesId))
    if (machine === undefined) return about
    const { backbone, exits } = latencyOn(store, run, machine)
    return { ...about, latency: machine, exitCosts: exits, backboneCost: backbone }
  }

  /** Of costs that are measured, too. */
  const costKey = (run: RunRow, machine?: string) =>
    machine === undefined ? [] : [machine, ...latencyOn(store, run, machine).exits.map(String)]

  const keyOf = (run: RunRow, ...what: string[]) => [run.id, rowOf(run)?.sha256, ...what].join(' ')

  return {
    rowOf,
    outputs,
    summary: (run, { rule: asked, machine } = {}) => {
      const rule = ruleNameOf(identity(run), asked)
      return summaries.forceFetch(keyOf(run, rule, ...costKey(run, machine)), { context: { run, rule, machine } })
    },
    scored: (run, { rule: asked, split, machine }) => {
      const rule = ruleNameOf(identity(run), asked)
      const key = keyOf(run, rule, split, ...costKey(run, machine))
      return scoredRuns.forceFetch(key, { context: { run, rule, split, machine } })
    },
  }
}

interface Read {
  run: RunRow
  rule: string
  machine: string | undefined
}

function identityOf(
  { id, regime, seed }: RunRow,
  experiment: string,
  { name, network, costs }: SeriesRow,
): RunIdentity {
  return {
    ...{ id, experiment, regime, series: name, seed },
    ...(network.task && { task: network.task }),
    exitCosts: costs.exits.map(({ macs }) => macs),
    exitBlocks: costs.exits.map(({ block }) => block),
    backboneCost: costs.backboneMacs,
  }
}

function bytesOf({ scored, predictions }: ScoredRun): number {
  const { classes, confidences, entropies, labels } = predictions ?? {}
  const arrays = new Set([scored.scores, scored.values, classes, confidences, entropies, labels])
  return [...arrays].reduce((sum, array) => sum + (array?.byteLength ?? 0), 0)
}

function damaged(path: string, run: RunRow, fault: string): ExitlabError {
  return new ExitlabError(
    'checkpoint-damaged',
    `The evaluation of ${run.name}, ${path}, ${fault}. Retry the run: it is evaluated again, with the same result.`,
    retrying([run.id]),
  )
}

/** `<split>.indices` [samples]. */
function indicesOf({ arrays }: SafetensorsFile): EvaluatedOutputs['indices'] {
  const [validation, test] = [arrays['validation.indices']?.values, arrays['test.indices']?.values]
  return validation instanceof Int32Array && test instanceof Int32Array ? { validation, test } : null
}

/** `<split>.logits` [exits, samples, classes] and `<split>.labels` [samples], or `<split>.targets` of a regression. */
function outputsOf({ arrays }: SafetensorsFile, split: 'validation' | 'test', path: string): ExitOutputs {
  const logits = arrays[`${split}.logits`]
  const targets = (arrays[`${split}.labels`] ?? arrays[`${split}.targets`])?.values
  const isTargets = targets instanceof Int32Array || targets instanceof Float32Array
  const [exitCount, sampleCount, classCount] = logits?.shape ?? []
  if (
    !(logits?.values instanceof Float32Array) ||
    !isTargets ||
    classCount === undefined ||
    targets.length !== sampleCount
  ) {
    throw new ExitlabError(
      'checkpoint-damaged',
      `${path} is not an evaluation file: expected ${split}.logits [exits, samples, classes] and ${split}.labels or ${split}.targets [samples].`,
    )
  }
  return { exitCount: exitCount!, sampleCount, classCount, logits: logits.values, targets }
}
