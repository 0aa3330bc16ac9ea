import { hash } from 'node:crypto'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { readRule } from '../../../../shared/methods/rule-reference.ts'
import { exitRules } from '../../../../engine/exits/index.ts'
import { summaryRevision, type SplitSummary } from '../../../../engine/pure.ts'
import type { Marks } from '../../../../files/verified-file.ts'
import type { StoredSummary } from '../../../store/evaluation-summaries.ts'
import type { StoredSplit } from '../../../store/json-columns.ts'
import type { Store } from '../../../store/open.ts'
import type { SplitSummaries } from './score-evaluation.ts'

/** What a summary follows from. */
export interface SummaryQuestion {
  phaseId: string
  /** Recorded, of the evaluation. */
  sha256: string
  marks: Marks
  /** Size and time of its file, which is checked when it is read. */
  stamp: string | null
  rule: { name: string; thresholds: Float64Array }
  exitCosts: readonly number[]
}

/** Summaries in the store, so that the file of an evaluation, of gigabytes perhaps, is read once. */
export function createKeptSummaries(store: Store) {
  const added: StoredSummary[] = []
  return {
    /** Null where there is none. */
    find(question: SummaryQuestion): SplitSummaries | null {
      const splits = store.evaluationSummaries.get(placeOf(question))
      return splits && { validation: opened(splits.validation, question), test: opened(splits.test, question) }
    },
    add(question: SummaryQuestion, { validation, test }: SplitSummaries): void {
      added.push({ ...placeOf(question), splits: { validation: closed(validation), test: closed(test) } })
    },
    /** Writes what was added, all at once: one by one, the disk would take as long as reading did. */
    write(): void {
      const all = added.splice(0)
      if (store.readonly || all.length === 0) return
      try {
        store.transaction(() => all.forEach((each) => store.evaluationSummaries.put(each)))
      } catch (error) {
        // A full disk does not keep results from being read.
        if (!(error instanceof ExitlabError) || error.code !== 'disk') throw error
      }
    },
  }
}

/** Equal for equal questions. */
export function questionKey({ sha256, marks, stamp, rule, exitCosts }: SummaryQuestion): string {
  const origin = exitRules.origin(readRule(rule.name).name)
  const content = [summaryRevision, sha256, marks, stamp, rule.name, exitCosts, ...(origin ? [origin.sha256] : [])]
  return hash('sha256', JSON.stringify(content))
}

const placeOf = (question: SummaryQuestion) => ({ phaseId: question.phaseId, question: questionKey(question) })

function closed({ sampleCount, curve, exitValues, overthinking }: SplitSummary): StoredSplit {
  return { sampleCount, values: [...curve.values], costs: [...curve.costs], exitValues, overthinking }
}

function opened({ values, costs, ...split }: StoredSplit, { rule: { thresholds } }: SummaryQuestion): SplitSummary {
  return { ...split, curve: { thresholds, values: Float64Array.from(values), costs: Float64Array.from(costs) } }
}
