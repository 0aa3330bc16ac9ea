import { z } from 'zod'
import type { Report } from '../shared/tables/report.ts'
import { references } from '../shared/runs/reference.ts'
import { comparisonQuestion } from '../readings/question.ts'
import { bytes, procedure } from './procedure.ts'

/** Which runs and imported results a report is of, how they are read, and what it says of them. */
const reportQuestion = comparisonQuestion.extend({
  runs: references.shape.runs,
  /** Names of readings and kinds of analyses, in the order of the report; empty: all that can be said. */
  readings: z.array(z.string().max(100)).max(100).default([]),
  /** Fraction of the backbone's cost for which the summary says what is best, and at which readings of one budget are; null: no budget. */
  budget: z.number().positive().nullable().default(0.5),
})
export type ReportQuestion = z.output<typeof reportQuestion>

export const reports = {
  /** What a report can have, in its order. */
  topics: procedure.output(z.array(z.object({ name: z.string(), title: z.string() }))),
  /** The report as it would be written now, and its figures as SVG, by the names of their panels. */
  read: procedure.input(reportQuestion).output(
    z.object({
      report: z.custom<Report>(),
      figures: z.array(z.object({ name: z.string(), svg: z.string() })),
    }),
  ),
  /** The same as files with relative paths: LaTeX, HTML, Markdown, its data, its tables and its figures. */
  files: procedure.input(reportQuestion).output(z.array(z.object({ path: z.string(), bytes }))),
}
