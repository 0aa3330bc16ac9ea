import { z } from 'zod'
import { experimentFile, largestSource } from './experiment/experiment.ts'
import { moreSeeds } from '../readings/more-seeds/schema.ts'
import { experimentSettings } from '../shared/experiment/experiment-settings.ts'
import { networkDrawing } from '../shared/network/network-drawing.ts'
import { type RunSummary, costs, experimentSummary, runStatuses } from '../shared/runs/runs.ts'
import { weightsUse } from '../shared/network/weights.ts'
import type { WrittenPhase } from '../shared/phases/written-phase.ts'
import { problem, procedure } from './procedure.ts'
import { reference, references } from '../shared/runs/reference.ts'

/** A phase that was written into a depot. `parent`: the phase that it starts from; null: none. */
const depotPhase = z.object({ id: z.string(), parent: z.string().nullable() })
export type DepotPhase = z.infer<typeof depotPhase>

export const experimentInput = z.object({
  file: experimentFile,
  /** The text it was read from, kept with the experiment. */
  source: z.string().nullable().default(null),
  /** Folder of relative data paths; absolute. */
  folder: z.string().nullable().default(null),
})

/** The answer of `exitlab plan --json`. */
const plan = costs.extend({
  /** Each regime with each combination of swept values. The costs above are those of the first series. */
  series: z.array(costs.extend({ name: z.string(), regime: z.string(), settings: z.record(z.string(), z.json()) })),
  runs: z.int(),
  /** Distinct phases after sharing. */
  phases: z.int(),
  /** Phases of all runs, counted once for each run that has them. */
  phasesUnshared: z.int(),
  /** Phases of these that are trained already. */
  phasesDone: z.int(),
  /** State of every run of the experiment: a row a series, a status a seed, null where the workspace does not have it yet. */
  matrix: z.object({
    seeds: z.array(z.int()),
    rows: z.array(
      z.object({
        regime: z.string(),
        /** Name of its series. */
        series: z.string(),
        statuses: z.array(z.enum(runStatuses).nullable()),
      }),
    ),
  }),
  /** Time to train what is not done yet, at most (every phase to its maximum of epochs); null where it was not measured. */
  estimatedSeconds: z.number().nullable(),
  /** Time saved by sharing phases, included above; null if not measured. */
  savedSeconds: z.number().nullable(),
  /** Disk use of the best checkpoints of all phases, and of the snapshots of one running phase. */
  checkpointBytes: z.number(),
  /** Estimated memory for training the largest phase. */
  memoryBytes: z.number(),
  /** Threads of each training that begins now: the processor's, divided by the runs trained at once. */
  threads: z.int(),
  /** What series (by name) take from the weights that the experiment starts from; none where it starts fresh. */
  starts: z.array(weightsUse.extend({ series: z.array(z.string()) })),
  /** The phases of each series, in words. */
  words: z.array(
    z.object({
      series: z.string(),
      phases: z.array(
        z.object({
          name: z.string(),
          sentence: z.string(),
          /** Place of the phase that it comes from in the regime as it is written. */
          written: z.int(),
          /** Parts that it trains. */
          trains: z.array(z.string()),
          /** Exits in its loss, in depth order. */
          exits: z.array(z.int()),
          /** Whether its network is the bare backbone, without heads. */
          isBare: z.boolean(),
          /** Settings that differ from the experiment's; empty where none does. */
          own: z.string(),
          /** Other series that have the same phase. */
          shared: z.array(z.string()),
          /** Whether the network that is evaluated comes from it. */
          isUsed: z.boolean(),
        }),
      ),
    }),
  ),
  caveats: z.array(z.string()),
  /** Why it cannot be started on this machine though all else is known, as where it does not fit into its memory. */
  obstacles: z.array(problem),
})
export type Plan = z.infer<typeof plan>

/** A run of an experiment that was just queued; unchecked on its way out, as lists of runs are. */
export type EnrolledRun = Pick<RunSummary, 'id' | 'name' | 'status'>

/** A training regime that an experiment may name, with its phases as an experiment file has them. */
const knownRegime = z.object({ name: z.string(), sentence: z.string(), phases: z.custom<WrittenPhase[]>() })
export type KnownRegime = z.infer<typeof knownRegime>

/** An experiment that Exitlab brings along. */
const preset = z.object({ name: z.string(), title: z.string(), sentence: z.string(), source: z.string() })
export type Preset = z.infer<typeof preset>

export const experiments = {
  /** The experiment of a YAML text; a refusal lists the problems with their lines. */
  parse: procedure.input(z.object({ source: z.string().max(largestSource) })).output(experimentFile),
  plan: procedure.input(experimentInput.extend({ calibrate: z.boolean().default(true) })).output(plan),
  /** Queues the experiment's runs. An existing experiment is found again, its runs unchanged. */
  create: procedure
    .input(experimentInput)
    .output(z.object({ id: z.string(), created: z.boolean(), runs: z.custom<EnrolledRun[]>() })),
  /** Queues so many further seeds of the series of runs, in experiments of the same names that have the former seeds too, whose runs are done at once. */
  moreSeeds: procedure
    .input(references.extend({ more: moreSeeds }))
    .output(
      z.array(z.object({ id: z.string(), name: z.string(), seeds: z.array(z.int()), runs: z.custom<EnrolledRun[]>() })),
    ),
  /** Writes the phases of an experiment into a depot (absolute), for others to train; nothing is queued. @returns them, parents first. */
  addToDepot: procedure.input(experimentInput.extend({ depot: z.string() })).output(z.array(depotPhase)),
  list: procedure.output(z.array(experimentSummary)),
  /** Settings of the series of experiments, by the experiments' ids, with defaults. */
  settings: procedure
    .input(z.object({ experiments: z.array(z.string()) }))
    .output(z.record(z.string(), experimentSettings)),
  /** Deletes experiments (ids) permanently: all runs in any state, and all files that no other experiment needs. */
  purge: procedure
    .input(z.object({ experiments: z.array(z.string()).min(1) }))
    .output(z.object({ runs: z.array(z.string()), freedBytes: z.number() })),
  /** The examples; the quick start first. */
  presets: procedure.output(z.array(preset)),
  regimes: procedure.output(z.array(knownRegime)),
  /** JSON schema of experiment files, with titles, descriptions and defaults, from which the form is generated. */
  schema: procedure.output(z.record(z.string(), z.unknown())),
  /** The network of a run, or of an experiment that is being written: its blocks, exits and operations. Trains nothing, calibrates nothing. */
  network: procedure.input(z.union([z.object({ run: reference }), experimentInput])).output(networkDrawing),
}
