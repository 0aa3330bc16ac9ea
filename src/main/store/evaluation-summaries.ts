import type { Database } from 'better-sqlite3'
import { readJson, type StoredSplits } from './json-columns.ts'

/** Where a summary belongs. */
interface SummaryPlace {
  phaseId: string
  /** Seal of everything that it follows from. */
  question: string
}

export interface StoredSummary extends SummaryPlace {
  splits: StoredSplits
}

/** Summaries of evaluations, so that their files are read once. They go with their evaluation. */
export function evaluationSummaries(database: Database) {
  const put = database.prepare(
    `INSERT OR REPLACE INTO evaluation_summaries (phase_id, question, splits)
     SELECT @phaseId, @question, @splits WHERE EXISTS (SELECT 1 FROM evaluations WHERE phase_id = @phaseId)`,
  )
  const get = database
    .prepare<[SummaryPlace], string>(
      `SELECT splits FROM evaluation_summaries WHERE phase_id = @phaseId AND question = @question`,
    )
    .pluck()
  return {
    /** Left out where the evaluation is gone. */
    put: ({ splits, ...place }: StoredSummary): void => void put.run({ ...place, splits: JSON.stringify(splits) }),
    /** Null where there is none. */
    get(place: SummaryPlace): StoredSplits | null {
      const text = get.get(place)
      if (text === undefined) return null
      return readJson(text, { table: 'evaluation_summaries', column: 'splits', row: place.phaseId })
    },
  }
}
