import type { z } from 'zod'
import { failurePrediction } from './compute/failure-prediction.ts'
import { groupRuns } from '../../engine/evaluation/groups.ts'
import type { ClassifiedRun } from '../../engine/evaluation/scored-run.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { exitsOf } from '../exits/compute.ts'
import type { ReadingSources } from '../sources.ts'
import type { ExitFailures, FailurePredictionAnswer, failurePredictionQuestion } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  asked: z.output<typeof failurePredictionQuestion>,
): Promise<FailurePredictionAnswer> {
  const rule = sources.ruleOf(asked)
  const series: FailurePredictionAnswer['series'] = []
  // One series after the other: outputs take much more memory than what is said of them.
  for (const { runs } of groupRuns(await sources.runs(asked))) {
    const seeds = await sources.outputs({ runs: runs.map(({ id }) => id), rule })
    const found = exitsOf(runs)[0]!
    series.push({
      ...found,
      exits: found.exits.map(({ exit, block, cost, fraction }) => ({
        ...{ exit, block, cost, fraction },
        failurePrediction: ofExit(seeds, exit),
      })),
    })
  }
  return { rule, series }
}

function ofExit(seeds: readonly ClassifiedRun[], exit: number): ExitFailures['failurePrediction'] {
  const found = seeds.map(({ scored: { scores, correct, sampleCount } }) => {
    const ofThisExit = [exit * sampleCount, (exit + 1) * sampleCount] as const
    return failurePrediction(scores.subarray(...ofThisExit), correct!.subarray(...ofThisExit))
  })
  const complete = found.filter((each) => each !== null)
  if (complete.length < found.length) return null
  const over = (name: 'auroc' | 'aurc' | 'excessAurc') => meanStd(complete.map((each) => 100 * each[name]))
  return { auroc: over('auroc'), aurc: over('aurc'), excessAurc: over('excessAurc') }
}
