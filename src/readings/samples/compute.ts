import { checkThresholds } from '../../shared/evaluation/check-thresholds.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { ReadingSources } from '../sources.ts'
import { groupSamples } from './compute/groups.ts'
import type { SamplesAnswer, SamplesQuestion } from './schema.ts'

/** @throws ExitlabError `usage` for a regression, several runs, an exit or class that there is not, or a wrong number of thresholds. */
export async function compute(sources: ReadingSources, question: SamplesQuestion): Promise<SamplesAnswer> {
  const { thresholds, label, rule } = question
  const { id: run, name } = sources.run(question.runs)
  const [{ identity, scored, predictions }] = await sources.outputs({ runs: [run], rule })
  checkThresholds(thresholds, scored.exitCount)
  refuseOtherClass(label, predictions.classCount)
  return {
    ...{ run, name, split: identity.readOn ?? 'test', rule: sources.ruleOf({ runs: [run], rule }) },
    ...groupSamples({ scored, predictions }, question),
    classes: await sources.classes(run, predictions.classCount),
  }
}

function refuseOtherClass(label: number | null, classCount: number): void {
  if (label === null || label < classCount) return
  throw new ExitlabError(
    'usage',
    `There is no class ${label}: expected 0 to ${classCount - 1}, or null for all classes.`,
  )
}
