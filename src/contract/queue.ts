import { z } from 'zod'
import { analysisSummary } from '../shared/evaluation/analysis.ts'
import { procedure, runSummaries } from './procedure.ts'
import { reference } from '../shared/runs/reference.ts'

const changed = z.object({ runs: runSummaries, analyses: z.array(analysisSummary) })

export const queue = {
  /** Pauses all that is queued or running: nothing is trained or computed afterwards until something is resumed or created. */
  pause: procedure.output(changed),
  /** Resumes what `pause` paused, except what was resumed, stopped or deleted since. */
  resume: procedure.output(changed),
  /** Number of queued and running runs that are trained before a run. */
  ahead: procedure.input(z.object({ run: reference })).output(z.int()),
}
