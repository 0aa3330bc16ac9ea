import { z } from 'zod'
import { experimentFile, largestSource } from '../experiment.ts'
import { networkDrawing } from '../network-drawing.ts'
import { regimeNames } from '../regime-names.ts'
import { costs, experimentSummary, runStatuses } from '../runs.ts'
import { weightsUse } from '../weights.ts'
import { procedure, reference, runSummaries } from './procedure.ts'

export const experimentInput = z.object({
  file: experimentFile,
  /** The text it was read from, kept with the experiment. */
  source: z.string().nullable().default(null),
  /** What a relative data path starts from; absolute. */
  folder: z.string().nullable().default(null),
})

/** The answer of `exitlab plan --json`. */
export const plan = costs.extend({
  /** Each regime under each choice of the settings that are swept. The costs above are those of the first. */
  series: z.array(
    costs.extend({ name: z.string(), regime: z.enum(regimeNames), settings: z.record(z.string(), z.json()) }),
  ),
  runs: z.int(),
  /** Distinct phases after sharing. */
  phases: z.int(),
  /** Phases of all runs, counted once for each run that has them. */
  phasesUnshared: z.int(),
  /** Phases of these that are trained already. */
  phasesDone: z.int(),
  /** Every run of the experiment; `status` null where the workspace does not have it yet. */
  matrix: z.array(
    z.object({
      regime: z.enum(regimeNames),
      /** Name of its series. */
      series: z.string(),
      seed: z.int(),
      status: z.enum(runStatuses).nullable(),
    }),
  ),
  /** Time to train what is not done yet, at most (every phase up to its epoch cap); null where it was not measured. */
  estimatedSeconds: z.number().nullable(),
  /** Of that, what sharing phases saves; null where it was not measured. */
  savedSeconds: z.number().nullable(),
  /** What the weights that phases hand on, and one running phase, will take on the disk. */
  checkpointBytes: z.number(),
  /** What training the phase that needs most takes of memory, about. */
  memoryBytes: z.number(),
  /** Threads of each training that begins now: the processor's, divided by the runs trained at once. */
  threads: z.int(),
  /** What series (by name) take from the weights that the experiment starts from; none where it starts fresh. */
  starts: z.array(weightsUse.extend({ series: z.array(z.string()) })),
  caveats: z.array(z.string()),
})
export type Plan = z.infer<typeof plan>

/** An experiment that Exitlab brings along. */
const preset = z.object({ name: z.string(), title: z.string(), sentence: z.string(), source: z.string() })
export type Preset = z.infer<typeof preset>

export const experiments = {
  /** The experiment that a YAML text describes; the refusal of any other lists what is wrong, with lines. */
  parse: procedure.input(z.object({ source: z.string().max(largestSource) })).output(experimentFile),
  plan: procedure.input(experimentInput.extend({ calibrate: z.boolean().default(true) })).output(plan),
  /** Queues the experiment's runs. An experiment that is there already is found again, its runs as they are. */
  create: procedure
    .input(experimentInput)
    .output(z.object({ id: z.string(), created: z.boolean(), runs: runSummaries })),
  list: procedure.output(z.array(experimentSummary)),
  /** Settings of experiments, by their ids and then by paths into the experiment file, defaults filled in; without those that are null. */
  settings: procedure
    .input(z.object({ experiments: z.array(z.string()) }))
    .output(z.record(z.string(), z.record(z.string(), z.json()))),
  /** Removes experiments (ids) for good: all their runs, whatever their state, with every file that no other experiment needs. */
  purge: procedure
    .input(z.object({ experiments: z.array(z.string()).min(1) }))
    .output(z.object({ runs: z.array(z.string()), freedBytes: z.number() })),
  /** The examples; the quick start first. */
  presets: procedure.output(z.array(preset)),
  /** JSON schema of experiment files, with titles, descriptions and defaults: what the form is drawn from. */
  schema: procedure.output(z.record(z.string(), z.unknown())),
  /** The network of a run, or of an experiment that is being written: its blocks, exits and operations. Trains nothing, calibrates nothing. */
  network: procedure.input(z.union([z.object({ run: reference }), experimentInput])).output(networkDrawing),
}
