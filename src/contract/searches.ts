import { z } from 'zod'
import { meanStd } from '../shared/evaluation/evaluation.ts'
import { untestedReasons } from '../shared/statistics/paired.ts'
import { searchStatuses } from '../shared/runs/search-record.ts'
import { otherTask } from '../shared/methods/task.ts'
import { experimentInput } from './experiments.ts'
import { procedure } from './procedure.ts'

/** Milliseconds since 1970. */
const time = z.int()
/** Place of a candidate in `candidates`. */
const place = z.int()
/** Mean over `n` seeds with its standard error, in the unit of the task's primary metric; null: not known. */
const score = z.object({ mean: z.number(), error: z.number().nullable(), n: z.int() })

const searchSummary = z.object({
  id: z.string(),
  /** Of its experiment. */
  name: z.string(),
  status: z.enum(searchStatuses),
  /** Why it failed. */
  error: z.string().nullable(),
  /** Fraction of the backbone's cost. */
  budget: z.number(),
  hours: z.number(),
  usedSeconds: z.number(),
  createdAt: time,
  finishedAt: time.nullable(),
  candidates: z.int(),
  rungs: z.int(),
  /** Number of the latest rung that was started, from 1; null before the first. */
  rung: z.int().nullable(),
  /** Name of the series that wins, or would if it ended now. */
  leader: z.string().nullable(),
})
export type SearchSummary = z.infer<typeof searchSummary>

/** What a rung says of a candidate, or will. */
const outcomes = ['training', 'scored', 'goes-on', 'within', 'dropped', 'left-out', 'out', 'winner'] as const

const entry = z.object({
  candidate: place,
  outcome: z.enum(outcomes),
  /** Of a candidate without a score, why. */
  why: z.string().nullable(),
  /** In a rung that is being trained, of those whose trainings in it are done. */
  score: score.nullable(),
  /** On test samples: of the last rung alone, and of a sweep of its best alone until its test values are opened. */
  test: meanStd.nullable(),
  /** Ids, in the order of seeds. */
  runs: z.array(z.string()),
})

const rung = z.object({
  /** From 1. */
  number: z.int(),
  state: z.enum(['done', 'running', 'planned']),
  /** Of each phase, most; where phases have numbers of their own, those of the experiment. */
  epochs: z.int(),
  seeds: z.int(),
  /** That are trained in it, or are expected. */
  candidates: z.int(),
  /** Name of the experiment of its runs; null: not created. */
  experiment: z.string().nullable(),
  plannedSeconds: z.number(),
  usedSeconds: z.number(),
  /** The best first as soon as it has ended, before in the order in which they are trained. */
  entries: z.array(entry),
})

const searchDetail = searchSummary.extend({
  /** Exit rule; null: that of the task. */
  rule: z.string().nullable(),
  task: otherTask,
  series: z.array(
    z.object({
      name: z.string(),
      regime: z.string(),
      /** Place in the palette; null: that of its regime. */
      look: z.int().nullable(),
      settings: z.record(z.string(), z.json()),
      /** Why it is no candidate. */
      out: z.string().nullable(),
    }),
  ),
  /** Without rungs that were skipped, as one candidate alone went on. */
  ladder: z.array(rung),
  decisions: z.array(z.object({ at: time, sentence: z.string() })),
  /** Whether it is done because its hours were over, or left candidates out as they did not suffice. */
  wantsHours: z.boolean(),
  /** All candidates, the best first. `rung`: the last one that it was trained in, from 1. */
  ranking: z.array(
    z.object({ candidate: place, rung: z.int().nullable(), score: score.nullable(), test: meanStd.nullable() }),
  ),
  /** The best, or what would be if it ended now; null before any score. */
  winner: z
    .object({
      candidate: place,
      sentence: z.string(),
      /** Whether it leads beyond chance: the 95 % t interval of its lead over seeds, corrected for its rivals, is above 0. */
      isDecided: z.boolean(),
      /** Why its lead is not tested. */
      untested: z.enum(untestedReasons).nullable(),
      /** Its experiment, as YAML. */
      file: z.string(),
    })
    .nullable(),
})
export type SearchDetail = z.infer<typeof searchDetail>
export type SearchRung = SearchDetail['ladder'][number]

const named = z.object({ search: z.string() })
/** Of training, all trainings together. */
const hours = z.number().positive()

export const searches = {
  /** The newest first. */
  list: procedure.output(z.array(searchSummary)),
  show: procedure.input(named).output(searchDetail),
  /** Starts a search. One for the same experiment, budget and rule is found again, and resumed with these hours. */
  start: procedure
    .input(
      experimentInput.extend({
        /** Fraction of the backbone's cost. */
        budget: z.number().positive(),
        hours,
        rule: z.string().max(1000).nullable().default(null),
      }),
    )
    .output(named),
  /** Its trainings end with a checkpoint and wait until it is resumed. */
  pause: procedure.input(named),
  /** With more hours than it has, one that these ended goes on, too. */
  resume: procedure.input(named.extend({ hours: hours.optional() })),
  /** Ends it as it stands; its trainings stop with a checkpoint. */
  stop: procedure.input(named),
  /** Forgets a search that is not running; its runs stay. */
  delete: procedure.input(named),
}
