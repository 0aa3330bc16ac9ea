import type { Figure } from '../../../figures/figure.ts'
import { readings, type AnswerOf, type QuestionOf, type ReadingName } from '../../../readings/index.ts'
import type { ReadingSources } from '../../../readings/sources.ts'
import type { ReadingQuery } from '../../../contract/readings.ts'
import { sortedTable } from '../../../shared/sorted-table.ts'
import type { Table } from '../../../shared/table.ts'
import { comparedResults, comparedRuns, ruleOfQuery } from './compare.ts'
import type { EvaluationSources } from './evaluation-reader.ts'
import { classifiedSeeds } from './exit-reports.ts'
import { publishedFor } from './published.ts'

/** The answer of a reading, of what the store and the evaluations hold. */
export function answerTo(services: EvaluationSources, { reading, question }: ReadingQuery): Promise<unknown> {
  return readings.choose(reading).ask(sourcesOf(services), question)
}

/** The answer of a built-in reading. */
export async function askReading<Name extends ReadingName>(
  services: EvaluationSources,
  { reading, question }: { reading: Name; question: QuestionOf<Name> },
): Promise<AnswerOf<Name>> {
  return (await readings.get(reading).ask(sourcesOf(services), question)) as AnswerOf<Name>
}

/** The table of a reading, its rows in the order that is asked for. */
export async function readingTable(
  services: EvaluationSources,
  { reading, question, sort }: ReadingQuery,
): Promise<Table> {
  return sortedTable(await readings.choose(reading).table(sourcesOf(services), question), sort)
}

export function readingFigure(services: EvaluationSources, { reading, question }: ReadingQuery): Promise<Figure> {
  return readings.choose(reading).figure(sourcesOf(services), question)
}

const sourcesOf = (services: EvaluationSources): ReadingSources => ({
  results: (asked) => comparedResults(services, asked),
  runs: (asked) => comparedRuns(services, asked),
  outputs: (asked) => classifiedSeeds(services, asked),
  ask: (reading, question) => readings.get(reading).ask(sourcesOf(services), question),
  published: (asked) => publishedFor(services, asked),
  ruleOf: (asked) => ruleOfQuery(services, asked),
})
