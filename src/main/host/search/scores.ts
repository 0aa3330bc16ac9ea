import type { Outsider, RungRecord, SearchScore } from '../../../shared/runs/search-record.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { meanStd } from '../../../shared/statistics/statistics.ts'
import { readBudget, type EvaluationSummary } from '../../../engine/pure.ts'
import type { SearchRow } from '../../store/searches.ts'
import { comparedRuns } from '../comparison/evaluation/compare.ts'
import type { EvaluationSources } from '../comparison/evaluation/evaluation-reader.ts'
import type { Trained } from './rung-runs.ts'

/** Why a candidate whose training was stopped when the hours were over has no score. */
export const overtime = 'the hours were over before it was trained'

type Ended = Pick<NonNullable<RungRecord['end']>, 'scores' | 'out' | 'test'>

/** What the candidates of a rung reached; test samples are read only where `isLast`. */
export async function scoresOfRung(
  services: EvaluationSources,
  { budget, rule }: Pick<SearchRow, 'budget' | 'rule'>,
  { trained, seeds, isLast, isOver }: { trained: readonly Trained[]; seeds: number; isLast: boolean; isOver: boolean },
): Promise<Ended> {
  const isDone = ({ runs }: Trained) =>
    runs.length === seeds && runs.every(({ status, deletedAt }) => status === 'done' && deletedAt === null)
  const done = trained.filter(isDone)
  const out: Outsider[] = trained
    .filter((each) => !isDone(each))
    .map((each) => ({ candidate: each.candidate, why: whyNot(each, isOver) }))
  const looked = await Promise.all(
    done.map(async (each) => ({ ...each, why: await whyUnread(services, each, rule ?? undefined) })),
  )
  const readable = looked.filter(({ why }) => why === null)
  out.push(...looked.flatMap(({ candidate, why }) => (why === null ? [] : [{ candidate, why }])))
  const ids = readable.flatMap(({ runs }) => runs.map(({ id }) => id))
  const asked = { runs: ids, rule: rule ?? undefined, cost: 'macs' } as const
  const summaries = ids.length === 0 ? [] : await comparedRuns(services, asked)
  const byId = new Map(summaries.map((summary) => [summary.id, summary]))
  const scores: SearchScore[] = []
  const test: NonNullable<Ended['test']> = []
  for (const { candidate, runs } of readable) {
    const read = scoreOf(
      runs.map(({ id }) => byId.get(id)!),
      budget,
    )
    if (read === null) out.push({ candidate, why: 'no threshold keeps it within the budget' })
    else {
      scores.push({ candidate, ...read.score })
      if (isLast) test.push(meanStd(read.test()))
    }
  }
  return { scores, out, ...(isLast && { test }) }
}

/** Why the outputs of a candidate have no score, as those of a training that has diverged; null where they have one. */
async function whyUnread(
  { evaluations }: EvaluationSources,
  { runs }: Trained,
  rule: string | undefined,
): Promise<string | null> {
  try {
    for (const run of runs) await evaluations.summary(run, { rule })
    return null
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'data') return error.message
    throw error
  }
}

/** Thresholds are chosen on validation samples, for test samples as well. */
function scoreOf(runs: EvaluationSummary[], budget: number) {
  const options = { protocol: 'validation', seedReading: 'averaged' } as const
  const validation = readBudget({ runs }, budget, options, 'validation')
  if (validation === null) return null
  return {
    score: { values: validation.values, samples: runs[0]!.validation.sampleCount },
    test: () => readBudget({ runs }, budget, options)!.values,
  }
}

function whyNot({ runs }: Trained, isOver: boolean): string {
  const failed = runs.find(({ status }) => status === 'failed')
  if (failed) return (failed.error ?? 'its training failed').split('\n')[0]!
  if (isOver) return overtime
  return runs.some(({ status, deletedAt }) => status === 'stopped' && deletedAt === null)
    ? 'its training was stopped'
    : 'its runs were deleted'
}
