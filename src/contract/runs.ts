import { z } from 'zod'
import { epochDominance } from '../shared/evaluation/dominance.ts'
import { exitId } from '../shared/evaluation/exit-id.ts'
import { latency } from '../shared/evaluation/latency.ts'
import { phaseLineage } from '../shared/phases/phase-lineage.ts'
import { curveAxes } from '../readings/given.ts'
import { epochMetric, epochRecord, logLine, stepSample } from '../shared/runs/runs.ts'
import { runDetail } from './run-detail.ts'
import { phaseProcess } from '../shared/phases/phase-processes.ts'
import { slurmJobs } from '../shared/phases/slurm-jobs.ts'
import { metricOption } from '../shared/methods/task.ts'
import { bytes, procedure, runSummaries } from './procedure.ts'
import { reference, references } from '../shared/runs/reference.ts'

const changed = z.object({ runs: runSummaries })

const namesake = z.object({ id: z.string(), createdAt: z.int() })

/** A name that several experiments or several runs share: the newest is meant. `createdAt`: milliseconds since 1970. */
const sharedName = z.object({
  reference: z.string(),
  kind: z.enum(['run', 'experiment']),
  meant: namesake,
  /** Newest first. */
  older: z.array(namesake),
})
export type SharedName = z.infer<typeof sharedName>

const measuredNetwork = z.object({
  /** Runs that have the network. */
  runs: z.array(z.string()),
  latency,
})
export type MeasuredNetwork = z.infer<typeof measuredNetwork>

/** Metrics of many runs over their epochs. */
const curvesInput = references.extend({
  metric: metricOption,
  split: z.enum(['train', 'validation']).default('validation'),
  exit: exitId.default('final'),
  x: z.enum(curveAxes).default('epoch'),
  /** Points of a run at most, for a drawing of it alone: the extremes of each stretch, which are of other epochs than those of another run. Default: all. */
  points: z.int().min(2).optional(),
})

export const runs = {
  list: procedure
    .input(z.object({ runs: z.array(reference).default([]), deleted: z.boolean().default(false) }).prefault({}))
    .output(runSummaries),
  /** Runs by their ids, deleted ones too; those that are gone are left out. */
  summaries: procedure.input(z.object({ ids: z.array(z.string()).max(10_000) })).output(runSummaries),
  /** All runs that are not deleted, as JSON text of RunSummary[], with the cursor for `events.follow`. */
  snapshot: procedure.output(z.object({ cursor: z.string(), runs: bytes })),
  /** Names among the references that mean the newest of several. */
  sharedNames: procedure.input(references).output(z.array(sharedName)),
  show: procedure.input(z.object({ run: reference })).output(runDetail),
  /** The phases of a run and of all runs that share one with it. */
  lineage: procedure.input(z.object({ run: reference })).output(phaseLineage),
  /** Jobs of Slurm that have a run's phases, in their order; none where this machine trains. */
  jobs: procedure.input(z.object({ run: reference })).output(slurmJobs.extend({ processes: z.array(phaseProcess) })),
  /** Epochs of one phase after a given one, so that a viewer fetches only what it lacks. */
  epochs: procedure
    .input(z.object({ phase: z.string(), after: z.int().default(0) }))
    .output(z.object({ records: z.array(epochRecord), metrics: z.array(epochMetric) })),
  /** Gradient dominance of a phase in the measured epochs after a given one. */
  dominance: procedure
    .input(z.object({ phase: z.string(), after: z.int().default(0) }))
    .output(z.array(epochDominance)),
  /**
   * `values`: Float32 pairs (x counted over all phases of the run, value), run after run; `series` says how many pairs each run
   * has. Shares are 0…1. Steps of phases that an earlier version trained are not known: such runs have no points.
   */
  curves: procedure
    .input(curvesInput)
    .output(z.object({ series: z.array(z.object({ run: z.string(), points: z.int() })), values: bytes })),
  /** Throughput and memory of one phase over its training, later than a given time. */
  samples: procedure.input(z.object({ phase: z.string(), after: z.int().default(0) })).output(z.array(stepSample)),
  /** Lines of a run and of its phases after a given one, the first or the last of them up to a limit, oldest first. */
  log: procedure
    .input(
      z.object({
        run: reference,
        after: z.int().default(0),
        from: z.enum(['start', 'end']).default('start'),
        limit: z.int().positive().max(10_000).default(1000),
      }),
    )
    .output(z.array(logLine)),
  /** Ends at the next step with a checkpoint; the run waits until it is resumed. */
  pause: procedure.input(references).output(changed),
  resume: procedure.input(references).output(changed),
  /** As pause, but the run counts as given up: `resume` and `retry` take it up again all the same. */
  stop: procedure.input(references).output(changed),
  /** Queues failed and stopped runs again. */
  retry: procedure.input(references).output(changed),
  /** Moves runs within the queue: before another one, or to its front or back. */
  move: procedure
    .input(references.extend({ to: z.union([z.enum(['front', 'back']), z.object({ before: reference })]) }))
    .output(changed),
  delete: procedure.input(references).output(changed),
  restore: procedure.input(references).output(changed),
  /** Removes deleted runs for good, with the checkpoints that no other run needs. */
  purge: procedure.input(references).output(z.object({ runs: z.array(z.string()), freedBytes: z.number() })),
  tag: procedure
    .input(
      references.extend({
        add: z.array(z.string().min(1).max(100)).default([]),
        remove: z.array(z.string()).default([]),
      }),
    )
    .output(changed),
  /** Measures the latency of finished runs on this machine: once for each different network, for single samples and for batches. */
  measureLatency: procedure
    .input(references.extend({ batchSize: z.int().positive().max(4096).default(32) }))
    .output(z.array(measuredNetwork)),
  note: procedure.input(z.object({ run: reference, note: z.string().max(100_000) })).output(changed),
}
