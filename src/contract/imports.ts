import { z } from 'zod'
import {
  importedResult,
  importedSplits,
  importFormats,
  importRoles,
  loggedValues,
  longestSourceName,
  mostImportedExits,
  type ImportRole,
} from '../shared/runs/imported.ts'
import { paperRegimes } from '../shared/methods/regime-names.ts'
import { otherTask } from '../shared/methods/task.ts'
import { procedure } from './procedure.ts'
import { reference } from '../shared/runs/reference.ts'

const cost = z.number().positive()
/** A tag or column; `*` stands for the exit. */
const sourceName = z.string().min(1).max(longestSourceName).optional()
const namesByRole = Object.fromEntries(importRoles.map((role) => [role, sourceName])) as Record<
  ImportRole,
  typeof sourceName
>

/** Files of other programs, and how they are read. What is left out is recognised. */
export const importInput = z.object({
  /** Absolute paths of files or folders on the host's machine, each of one training or of several. */
  paths: z.array(z.string().min(1)).min(1).max(1000),
  format: z.enum(importFormats).optional(),
  map: z.object(namesByRole).default({}),
  /** Which of the values that were logged over a training. */
  logged: z.enum(loggedValues).default('last'),
  /** Cumulative costs of the exits: fractions of the backbone's cost, or with `backboneMacs` multiply-adds; or a run with the same network. */
  costs: z.union([z.array(cost).min(1).max(mostImportedExits), reference]).optional(),
  backboneMacs: cost.optional(),
  split: z.enum(importedSplits).optional(),
  task: otherTask,
  name: importedResult.shape.name.optional(),
  /** Experiment beside whose runs it is shown. */
  experiment: importedResult.shape.experiment.default(null),
  regime: z.enum(paperRegimes).optional(),
  /** One for each result, in the order of the paths. */
  seeds: z.array(importedResult.shape.seed).optional(),
  /** Whether the files are read again, while a host is open, whenever they change. */
  follow: z.boolean().optional(),
})
export type ImportInput = z.input<typeof importInput>

/** The same for a reader, with the costs of a run in the place of its name. */
export const importWork = importInput.extend({ costs: z.array(cost).min(1).max(mostImportedExits).optional() })
export type ImportWork = z.output<typeof importWork>

const inspection = z.object({
  /** Tags, columns or keys. `last`: the last value; null: not read, or no number. */
  names: z.array(z.object({ name: z.string(), values: z.int(), last: z.number().nullable() })),
  /** Sets of names that differ in the exit, which `*` stands for. */
  patterns: z.array(z.string()),
  /** What would be added; empty where something is missing. */
  results: z.array(importedResult),
  /** Why nothing would be added, with what has to be chosen. */
  problem: z.string().nullable(),
  /** What has to be chosen. */
  missing: z.enum([...importRoles, 'costs']).nullable(),
})
export type ImportInspection = z.infer<typeof inspection>

export const imports = {
  /** What `add` would add. */
  inspect: procedure.input(importInput).output(inspection),
  /** Adds results of other programs, to be compared with runs. The files are only read. */
  add: procedure.input(importInput).output(z.array(importedResult)),
  list: procedure.output(z.array(importedResult)),
  /** Reads the files of these, and of what was imported with them, no longer. What was read stays. */
  unfollow: procedure.input(z.object({ imports: z.array(reference).min(1) })).output(z.array(importedResult)),
  /** By ids, names or experiments; what was imported with them is no longer followed. Nothing but the entry in the workspace is deleted. */
  delete: procedure.input(z.object({ imports: z.array(reference).min(1) })).output(z.array(importedResult)),
}
