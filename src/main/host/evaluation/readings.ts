import { readings, type AnswerOf, type QuestionOf, type ReadingName } from '../../../readings/index.ts'
import type { ReadingSources } from '../../../readings/sources.ts'
import type { ReadingQuery } from '../../../contract/readings.ts'
import { comparedResults, comparedRuns, ruleOfQuery } from './compare.ts'
import type { EvaluationSources } from './evaluation-reader.ts'

/** The answer of a reading, of what the store and the evaluations hold. */
export function answerTo(services: EvaluationSources, { reading, question }: ReadingQuery): Promise<unknown> {
  return readings.choose(reading).ask(sourcesOf(services), question)
}

/** As `answerTo`, of a reading that is built in. */
export async function read<Name extends ReadingName>(
  services: EvaluationSources,
  reading: Name,
  question: Partial<QuestionOf<Name>>,
): Promise<AnswerOf<Name>> {
  return (await answerTo(services, { reading, question })) as AnswerOf<Name>
}

const sourcesOf = (services: EvaluationSources): ReadingSources => ({
  results: (asked) => comparedResults(services, asked),
  runs: (asked) => comparedRuns(services, asked),
  ruleOf: (asked) => ruleOfQuery(services, asked),
})
