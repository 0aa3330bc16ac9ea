import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { paperScales } from '../../../../shared/paper/paper.ts'
import type { PaperReport } from '../../../../shared/paper/paper-report.ts'
import { filledIn } from '../../exports/report/checklist.ts'

const file = fileURLToPath(new URL('../../../../../resources/paper-checklist.yaml', import.meta.url))

/** One for both scales, or one for each. */
const scaled = <Each extends z.ZodType>(each: Each) => z.union([each, z.record(z.enum(paperScales), each)])

const items = z.array(
  z.strictObject({
    question: z.string(),
    answer: scaled(z.enum(['yes', 'no', 'in part', 'done'])),
    where: scaled(z.string()),
  }),
)

type About = Pick<PaperReport, 'scale' | 'status' | 'settings'>

/** The reproducibility checklist, answered for this report. */
export function checklistOf(about: About): PaperReport['checklist'] {
  const { scale, status } = about
  const isDone = status.items.every(({ state }) => state === 'done')
  const values = valuesOf(about)
  return items.parse(parse(readFileSync(file, 'utf8'))).map(({ question, ...item }) => {
    const answer = typeof item.answer === 'string' ? item.answer : item.answer[scale]
    const where = typeof item.where === 'string' ? item.where : item.where[scale]
    return {
      question,
      answer: answer === 'done' ? (isDone ? 'yes' : 'in part') : answer,
      where: filledIn(where, values),
    }
  })
}

/** What is done, by the names that stand for it. */
function valuesOf({ status: { items, total }, settings }: About) {
  const seeds = Map.groupBy(settings, (each) => each.seeds.join(', '))
  return {
    runs: `${total.runs.done} of ${total.runs.all}`,
    phases: `${total.phases.done} of ${total.phases.all}`,
    items: `${items.filter(({ state }) => state === 'done').length} of ${items.length}`,
    seeds: [...seeds].map(([list, { length }]) => `${list} (${length} of ${settings.length} experiments)`).join('; '),
  }
}
