import { z } from 'zod'
import { otherTask } from '../methods/task.ts'

export const searchStatuses = ['running', 'paused', 'stopped', 'done', 'failed'] as const
export type SearchStatus = (typeof searchStatuses)[number]

/** A candidate by its place among the series of the experiment. */
const candidate = z.int().nonnegative()

/** What a candidate reached at the budget on validation samples, in the unit of the task's primary metric, seed by seed. */
const searchScore = z.object({
  candidate,
  values: z.array(z.number()).min(1),
  /** Validation samples of each seed. */
  samples: z.int(),
})
export type SearchScore = z.infer<typeof searchScore>

/** Why a candidate trains in a rung: all begin; the best go on, and those within one standard error of the last of them. */
const entrant = z.object({ candidate, because: z.enum(['all', 'best', 'within']) })
export type Entrant = z.infer<typeof entrant>

/** A candidate that has no score. */
const outsider = z.object({ candidate, why: z.string() })
export type Outsider = z.infer<typeof outsider>

const rungRecord = z.object({
  /** Its place, from 0; a rung with one candidate is skipped unless it is the last. */
  rung: z.int(),
  /** Id of the experiment whose runs it trains. */
  experiment: z.string(),
  /** Whether its runs are queued. */
  enrolled: z.boolean(),
  startedAt: z.int(),
  entrants: z.array(entrant).min(1),
  /** Those that would have gone on, had the hours sufficed. */
  leftOut: z.array(candidate),
  /** At most, by calibration. */
  plannedSeconds: z.number(),
  /** What its phases had been trained before. */
  secondsBefore: z.number(),
  /** null: it is being trained. */
  end: z
    .object({
      at: z.int(),
      usedSeconds: z.number(),
      scores: z.array(searchScore),
      out: z.array(outsider),
      /** On test samples, of the last rung alone: a mean and standard deviation for each score. */
      test: z.array(z.object({ mean: z.number(), std: z.number().nullable() })).optional(),
    })
    .nullable(),
})
export type RungRecord = z.infer<typeof rungRecord>

/** What a search has decided. With the runs and their evaluations, everything about it follows from this. */
export const searchRecord = z.object({
  task: otherTask,
  /** The series of the experiment, in its order. `out`: why one is no candidate. */
  candidates: z.array(
    z.object({
      name: z.string(),
      regime: z.string(),
      settings: z.record(z.string(), z.json()),
      out: z.string().nullable(),
    }),
  ),
  /** Of each series and each of its phases: seconds to start, and seconds of an epoch. */
  pace: z.array(z.array(z.tuple([z.number(), z.number()]))),
  /** The rungs before anything was trained. `seconds`: about, of as many candidates as are expected there. */
  plan: z.array(
    z.object({ divisor: z.int(), epochs: z.int(), seeds: z.int(), candidates: z.int(), seconds: z.number() }),
  ),
  /** Of training every candidate as the file says, at most. */
  factorialSeconds: z.number(),
  rungs: z.array(rungRecord),
  /** What rungs took that were taken back when more hours let more candidates into them. */
  spentSeconds: z.number().optional(),
})
export type SearchRecord = z.infer<typeof searchRecord>
