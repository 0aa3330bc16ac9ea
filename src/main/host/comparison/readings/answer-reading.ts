import { z } from 'zod'
import type { Figure } from '../../../../figures/figure.ts'
import { withAbout } from '../../../../readings/about.ts'
import { readings, type AnswerOf, type QuestionOf, type ReadingName } from '../../../../readings/index.ts'
import type { ReadingQuery } from '../../../../contract/readings.ts'
import { canonicalJson } from '../../../../shared/basics/canonical-json.ts'
import type { Json } from '../../../../shared/basics/json.ts'
import { costKinds } from '../../../../shared/evaluation/cost-kind.ts'
import { readSplits } from '../../../../shared/evaluation/read-on.ts'
import { sortedTable } from '../../../../shared/tables/sorted-table.ts'
import type { Table } from '../../../../shared/tables/table.ts'
import { comparedContent } from '../evaluation/compare.ts'
import { leftOutAmong } from '../evaluation/named-runs.ts'
import { closedAmong, splitsOf } from '../evaluation/read-split.ts'
import type { ComparisonServices } from '../services.ts'
import { readSamples, type Splits } from './read-samples.ts'
import { sourcesOf } from './sources.ts'

/** The answer of a reading, of what the store and the evaluations hold. */
export async function answerTo(services: ComparisonServices, query: ReadingQuery): Promise<unknown> {
  return (await answered(services, query)).answer
}

/** The answer of a built-in reading. */
export async function askReading<Name extends ReadingName>(
  services: ComparisonServices,
  { reading, question }: { reading: Name; question: QuestionOf<Name> },
): Promise<AnswerOf<Name>> {
  return (await answerTo(services, { reading, question })) as AnswerOf<Name>
}

/** The table of a reading, its rows in the order that is asked for. */
export async function readingTable(services: ComparisonServices, query: ReadingQuery): Promise<Table> {
  const { reading, parsed, answer } = await answered(services, query)
  return sortedTable(await reading.table(answer, parsed), query.sort)
}

export async function readingFigure(services: ComparisonServices, query: ReadingQuery): Promise<Figure> {
  const { reading, parsed, answer } = await answered(services, query)
  return reading.figure(answer, parsed)
}

/** The same question about the same evaluations has the same answer: it is kept in memory, unless it is of more than these. */
async function answered(services: ComparisonServices, { reading: name, question }: ReadingQuery) {
  const reading = readings.choose(name)
  const parsed = reading.parse(question)
  const asked = askedRuns.safeParse(parsed).data
  const compared = asked ?? { runs: [] }
  const read: Splits = new Set()
  const sources = sourcesOf(services, compared, { answerTo: (query) => answerTo(services, query), read })
  const about = () => ({
    ...(reading.info.of !== 'runs' && asked && leftOutAmong(services.store, asked)),
    ...readSamples(reading.info, { read, asked: splitsOf(services.store, compared), protocol: asked?.protocol }),
  })
  const compute = async () => withAbout(await reading.compute(sources, parsed), about())
  const content = reading.info.of === 'runs' ? null : contentOf(services, asked)
  const key = content === null ? null : canonicalJson([name, parsed, content])
  return { reading, parsed, answer: await (key === null ? compute() : services.evaluations.kept(key, compute)) }
}

const askedRuns = z.object({
  runs: z.array(z.string()),
  among: z.array(z.string()).default([]),
  split: z.enum(readSplits).optional(),
  cost: z.enum(costKinds).default('macs'),
  protocol: z.unknown().optional(),
})

/** What a question is answered from, as text would be equal; null where that is not known: of runs that are not named, or measured times. */
function contentOf(services: ComparisonServices, asked: z.output<typeof askedRuns> | undefined): Json | null {
  if (asked === undefined || asked.cost !== 'macs') return null
  return [comparedContent(services, asked), closedAmong(services.store, asked)]
}
