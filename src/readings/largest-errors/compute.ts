import { leavingExits } from '../../engine/evaluation/scored-exits.ts'
import { checkThresholds } from '../../shared/evaluation/check-thresholds.ts'
import { exitPlace } from '../../shared/evaluation/exit-id.ts'
import type { ReadingSources } from '../sources.ts'
import { sortedSamples } from './compute/sorted-samples.ts'
import type { LargestErrorsAnswer, LargestErrorsQuestion } from './schema.ts'

/** @throws ExitlabError `usage` for a classification, several runs, an exit that there is not, or a wrong number of thresholds. */
export async function compute(
  sources: ReadingSources,
  { runs, rule, thresholds, exit, ...page }: LargestErrorsQuestion,
): Promise<LargestErrorsAnswer> {
  const { identity, outputs } = await sources.values({ runs })
  const { id: run, readOn: split = 'test' } = identity
  checkThresholds(thresholds, outputs.exitCount)
  const [{ scored }] = await sources.scored({ runs, rule })
  const sortedBy = exit === null ? null : exitPlace(exit, outputs.exitCount)
  const { name } = sources.run([run])
  return {
    ...{ run, name, split, rule: sources.ruleOf({ runs, rule }) },
    ...sortedSamples(outputs, leavingExits(scored, thresholds), { exit: sortedBy, ...page }),
  }
}
