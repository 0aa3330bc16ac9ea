import type { FileHandle } from 'node:fs/promises'
import type { EvaluatedSplit } from '../../../../shared/data/data.ts'
import {
  fitRule,
  ruleOfTask,
  scoreSplit,
  summariseEvaluation,
  type RunIdentity,
  type ScoredRun,
  type SplitSummary,
} from '../../../../engine/pure.ts'
import { readEvaluation } from '../../../../files/evaluation-file.ts'
import { openVerified, type ExpectedFile } from '../../../../files/verified-file.ts'

export type SplitSummaries = Record<'validation' | 'test', SplitSummary>
export type ScoredParts = Omit<ScoredRun, 'identity'>

/** What can be made of the outputs of an evaluation: summaries, or the scores of a split. */
export interface Scores extends Record<EvaluatedSplit, ScoredParts> {
  summaries: SplitSummaries
}

/** What is to be made of the file of an evaluation. */
export interface Scoring<What extends keyof Scores = keyof Scores> {
  what: What
  file: ExpectedFile
  about: RunIdentity
  /** Name of the exit rule. */
  rule: string
}

/** Reads the file and answers; `fault`: what is wrong with the file, as the end of a sentence. */
export type Scored<What extends keyof Scores = keyof Scores> = { made: Scores[What] } | { fault: string }

/** Takes a second for a gigabyte of logits, in which the thread does nothing else. */
export async function scoreEvaluation(asked: Scoring): Promise<Scored> {
  const { file, fault } = await openVerified(asked.file)
  if (file === null) return { fault }
  await using opened = file
  const before = await stateOf(opened)
  const made = await make(opened, asked)
  if ((await stateOf(opened)) !== before) return { fault: 'was written to while it was read' }
  return made ? { made } : { fault: `has no ${asked.what} samples` }
}

/** Size and time, by which a file that another program writes to is told. */
async function stateOf(file: FileHandle): Promise<string> {
  const { size, mtimeNs } = await file.stat({ bigint: true })
  return `${size} ${mtimeNs}`
}

async function make(
  file: FileHandle,
  { what, file: { path }, about, rule }: Scoring,
): Promise<Scores[keyof Scores] | null> {
  const outputs = await readEvaluation(file, path)
  if (what === 'summaries') {
    const { validation, test } = await summariseEvaluation({ ...about, ...outputs }, rule)
    return { validation, test }
  }
  const split = outputs[what]
  if (split === null) return null
  const scoring = ruleOfTask(about, rule)
  const fitted = await fitRule(scoring, outputs.validation)
  return { ...(await scoreSplit(scoring, split, fitted)), fitted }
}
