import { z } from 'zod'
import { analysisQuestion } from './analyses.ts'
import { paperScales, paperStatus } from '../shared/paper/paper.ts'
import { paperClaims, paperFigure, paperReport, paperTable } from '../shared/paper/paper-report.ts'
import { tableFormats } from './exports.ts'
import { bytes, procedure } from './procedure.ts'

/** Which part of the paper is meant. */
const paperInput = z.object({
  scale: z.enum(paperScales),
  /** Ids of tables and figures (`table-8`); empty: all. */
  items: z.array(z.string()).default([]),
})

export const paper = {
  /** State of tables, figures and experiments. With `estimate`, also the time and disk that the rest needs, by timed training steps. */
  status: procedure.input(paperInput.extend({ estimate: z.boolean().default(false) })).output(paperStatus),
  /**
   * Queues the runs that are missing, and the analyses of those that are done. Existing runs of the same settings count, wherever they
   * came from. To be called again when runs are done, for the experiments and analyses that need them.
   */
  start: procedure
    .input(
      paperInput.extend({
        /** Whether paused, stopped and failed runs and analyses are taken up again. */
        retry: z.boolean().default(true),
      }),
    )
    .output(
      z.object({
        /** Queued by this call. */
        runs: z.int(),
        analyses: z.int(),
        /** Ids of all runs that the items need, queued before or done, as far as they exist. */
        runIds: z.array(z.string()),
        /** Analyses that can be computed now, or are done. */
        questions: z.array(analysisQuestion),
        /** Experiments that cannot be trained now, by their files. */
        problems: z.array(z.object({ file: z.string(), message: z.string() })),
      }),
    ),
  /** Tables with published and own values. */
  tables: procedure.input(paperInput).output(z.array(paperTable)),
  /** The same as files. */
  tableFiles: procedure
    .input(paperInput.extend({ format: z.enum(tableFormats) }))
    .output(z.array(z.object({ name: z.string(), bytes }))),
  /** Figures of what is done: what each shows, and its panels as SVG and PDF, named `figure-3-matched.svg`. */
  figures: procedure
    .input(paperInput)
    .output(z.object({ figures: z.array(paperFigure), files: z.array(z.object({ name: z.string(), bytes })) })),
  /** What published values and those of the runs that are done say of the paper's claims. */
  claims: procedure.input(paperInput).output(paperClaims),
  /** Tables, claims and settings of what is done. */
  report: procedure.input(paperInput).output(paperReport),
  /** The report as files with relative paths: LaTeX, HTML, figures (SVG and PDF), tables (CSV, LaTeX), its data as JSON. */
  files: procedure.input(paperInput).output(z.array(z.object({ path: z.string(), bytes }))),
  /** One report of several in folders of the host's machine, each of items that were trained in a workspace of its own. */
  join: procedure
    .input(z.object({ folders: z.array(z.string()).min(1) }))
    .output(z.array(z.object({ path: z.string(), bytes }))),
}
