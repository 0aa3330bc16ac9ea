import type { z } from 'zod'
import { calibrationOf } from '../../engine/evaluation/calibration.ts'
import { sharedOf } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns } from '../../engine/evaluation/groups.ts'
import { exitRuleOf } from '../../engine/exits/index.ts'
import { isScaled } from '../../engine/exits/scaled.ts'
import { readSplits } from '../../shared/evaluation/read-on.ts'
import type { ReadingSources } from '../sources.ts'
import type { CalibrationAnswer, calibrationQuestion } from './schema.ts'

/** Of each series, one after the other: outputs take much more memory than what is said of them. */
export async function compute(
  sources: ReadingSources,
  { runs: asked, among, rule, split: only }: z.output<typeof calibrationQuestion>,
): Promise<CalibrationAnswer> {
  const all = await sources.runs({ runs: asked, among, cost: 'macs' })
  const { readOn, testOpenedAt } = sharedOf(all)
  const answer: CalibrationAnswer = {
    ...(readOn === undefined && testOpenedAt !== undefined && { testOpenedAt }),
    scaled: isScaled(exitRuleOf(sources.ruleOf({ runs: asked, rule })).rule),
    series: [],
  }
  for (const { runs, ...group } of groupRuns(all)) {
    for (const split of only ? [only] : runs[0]!.readOn ? (['validation'] as const) : readSplits) {
      const seeds = { runs: runs.map(({ id }) => id), split }
      const asTrained = await sources.outputs(seeds)
      const found = calibrationOf(asTrained, await sources.outputs({ ...seeds, rule: 'scaled-confidence' }))
      answer.series.push({ ...group, split, ...found })
    }
  }
  return answer
}
