import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorCodes, type Problem } from '../shared/basics/error.ts'
import type { RunSummary } from '../shared/runs/runs.ts'

export const problem = z.object({
  path: z.array(z.union([z.string(), z.int()])),
  message: z.string(),
  remedies: z.array(z.object({ path: z.array(z.string()), value: z.number() })).optional(),
  line: z.int().optional(),
  column: z.int().optional(),
}) satisfies z.ZodType<Problem>

/** A refusal is the defined error EXITLAB, whose data holds the code and fields of the ExitlabError. */
export const procedure = oc.errors({
  EXITLAB: {
    data: z.object({
      code: z.enum(errorCodes),
      problems: z.array(problem).optional(),
      runs: z.array(z.string()).optional(),
      command: z.array(z.string()).optional(),
      kind: z.string().optional(),
      name: z.string().optional(),
    }),
  },
})

/** As the store has them: to check thousands on their way out takes as long as to read them. A test holds them to `runSummary`. */
export const runSummaries = z.custom<RunSummary[]>()

/** Outputs that are too large to be validated. */
export const bytes = z.instanceof(Blob)
