import { eventIterator, oc, type ContractRouterClient } from '@orpc/contract'
import { z } from 'zod'
import { errorCodes, type Problem } from './error.ts'
import { comparison, protocols, seedReadings } from './evaluation.ts'
import { hostEvent } from './events.ts'
import { experimentFile, largestSource } from './experiment.ts'
import { costCurveData } from './figures/cost-curve-data.ts'
import {
  costs,
  epochMetric,
  epochRecord,
  experimentSummary,
  exitAccuracies,
  logLine,
  runDetail,
  type RunSummary,
  stepSample,
} from './runs.ts'

const problem = z.object({
  path: z.array(z.union([z.string(), z.int()])),
  message: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
}) satisfies z.ZodType<Problem>

/**
 * What a workbench can ask of its host, whatever carries the calls: the same process, a message port or a web socket.
 * A refusal arrives as the defined error EXITLAB, whose data holds the code and the problems of the ExitlabError it was.
 */
const procedure = oc.errors({
  EXITLAB: { data: z.object({ code: z.enum(errorCodes), problems: z.array(problem).optional() }) },
})

/** A run by its id or name, or an experiment by its id or name (then all its runs). Ids may be cut short while unique. */
const reference = z.string().min(1)
const references = z.object({ runs: z.array(reference).min(1) })
/** As the store has them: to check thousands on their way out takes as long as to read them. A test holds them to `runSummary`. */
const runSummaries = z.custom<RunSummary[]>()
const changed = z.object({ runs: runSummaries })

const experimentInput = z.object({
  file: experimentFile,
  /** The text it was read from, kept with the experiment. */
  source: z.string().nullable().default(null),
  /** What a relative data path starts from; absolute. */
  folder: z.string().nullable().default(null),
})

/** The answer of `exitlab plan --json`. */
export const plan = costs.extend({
  runs: z.int(),
  /** Distinct phases after sharing. */
  phases: z.int(),
  /** Phases of these that are trained already. */
  phasesDone: z.int(),
  /** Time to train what is not done yet, at most (every phase up to its epoch cap); null where it was not measured. */
  estimatedSeconds: z.number().nullable(),
  caveats: z.array(z.string()),
})
export type Plan = z.infer<typeof plan>

/** Which runs are compared and how they are read. */
export const comparisonInput = z.object({
  /** Empty: every run that is done. */
  runs: z.array(reference).default([]),
  protocol: z.enum(protocols).default('validation'),
  /** Name of an exit rule (engine/exits). */
  rule: z.string().default('confidence'),
  budgets: z.array(z.number().positive().nullable()).min(1).optional(),
  reading: z.enum(seedReadings).default('averaged'),
})
export type ComparisonInput = z.input<typeof comparisonInput>

/** Curves are swept over the test set at every threshold; there is no budget to choose one for. */
const curvesInput = comparisonInput.pick({ runs: true, rule: true, budgets: true })

/** `csv`: one line a regime and budget; `csv-wide`: one line a regime; `latex`: booktabs and siunitx. */
export const tableFormats = ['csv', 'csv-wide', 'latex'] as const
export type TableFormat = (typeof tableFormats)[number]

export const finding = z.object({
  check: z.string(),
  status: z.enum(['ok', 'warning', 'error']),
  detail: z.string(),
  /** What to do about it. */
  remedy: z.string().nullable(),
})
export type Finding = z.infer<typeof finding>

const systemInfo = z.object({
  version: z.string(),
  workspace: z.string(),
  /** The host that holds the workspace; null when only the store is being read. */
  host: z.object({ pid: z.int(), startedAt: z.int(), parallel: z.int(), gpu: z.boolean() }).nullable(),
  /** What the trainer runs on; null before the first one has started. */
  device: z
    .object({
      kind: z.enum(['cpu', 'gpu']),
      name: z.string(),
      tensorflowVersion: z.string(),
      threads: z.int(),
    })
    .nullable(),
  disk: z.object({ freeBytes: z.number(), checkpointBytes: z.number(), evaluationBytes: z.number() }),
})

export const contract = {
  experiments: {
    /** The experiment that a YAML text describes; the refusal of any other lists what is wrong, with lines. */
    parse: procedure.input(z.object({ source: z.string().max(largestSource) })).output(experimentFile),
    plan: procedure.input(experimentInput.extend({ calibrate: z.boolean().default(true) })).output(plan),
    /** Queues the experiment's runs. An experiment that is there already is found again, its runs as they are. */
    create: procedure
      .input(experimentInput)
      .output(z.object({ id: z.string(), created: z.boolean(), runs: runSummaries })),
    list: procedure.output(z.array(experimentSummary)),
  },
  runs: {
    list: procedure
      .input(z.object({ runs: z.array(reference).default([]), deleted: z.boolean().default(false) }).prefault({}))
      .output(runSummaries),
    show: procedure.input(z.object({ run: reference })).output(runDetail),
    /** Epochs of one phase after a given one, so that a viewer fetches only what it lacks. */
    epochs: procedure
      .input(z.object({ phase: z.string(), after: z.int().default(0) }))
      .output(z.object({ records: z.array(epochRecord), metrics: z.array(epochMetric) })),
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
        references.extend({ add: z.array(z.string().min(1)).default([]), remove: z.array(z.string()).default([]) }),
      )
      .output(changed),
    note: procedure.input(z.object({ run: reference, note: z.string().max(100_000) })).output(changed),
  },
  evaluations: {
    compare: procedure.input(comparisonInput.prefault({})).output(comparison),
    /** Accuracy against cost of each regime, as the figure draws it. */
    curves: procedure.input(curvesInput.prefault({})).output(costCurveData),
    show: procedure
      .input(z.object({ run: reference }))
      .output(exitAccuracies.extend({ file: z.string(), sha256: z.string(), createdAt: z.int() })),
  },
  exports: {
    /** Writes a run into an empty or new folder (absolute path) of the host's machine. */
    run: procedure
      .input(z.object({ run: reference, folder: z.string().min(1) }))
      .output(z.object({ folder: z.string(), files: z.array(z.string()) })),
    /** A comparison as a table for a paper; the same bytes whoever asks. */
    table: procedure
      .input(comparisonInput.extend({ format: z.enum(tableFormats) }))
      .output(z.object({ text: z.string() })),
    /** The same curves as `evaluations.curves`, drawn. */
    figure: procedure.input(curvesInput.prefault({})).output(z.object({ svg: z.string() })),
  },
  events: {
    /** Everything that changes from now on, or after a cursor. Progress comes at most ten times a second a phase. */
    follow: procedure
      .input(z.object({ after: z.string().nullable().default(null) }).prefault({}))
      .output(eventIterator(hostEvent)),
  },
  system: {
    info: procedure.output(systemInfo),
    doctor: procedure.output(z.array(finding)),
  },
}

export type Contract = typeof contract
/** What a workbench holds of its host. */
export type HostClient = ContractRouterClient<Contract>
