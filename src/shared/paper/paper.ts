import { z } from 'zod'
import { runStatuses } from '../runs/runs.ts'

/**
 * `paper`: the settings of “How to Train Your Multi-Exit Model?” (ICML 2025). `desk`: the same experiments with small networks
 * and few images, for a machine with two cores.
 */
export const paperScales = ['paper', 'desk'] as const
export type PaperScale = (typeof paperScales)[number]

/** `missing`: nothing trained. `partial`: some runs or analyses are done. `active`: a run or analysis is queued or in progress. `done`: all of them. */
const paperStates = ['missing', 'partial', 'active', 'done'] as const
export type PaperState = (typeof paperStates)[number]

/** An experiment of the matrix, as it is in the workspace. */
const paperExperiment = z.object({
  /** Name of its file, without ending: `vit-t-cifar100`. */
  file: z.string(),
  /** Name in the file. */
  name: z.string(),
  /** Its id in the workspace; null where it was never started. */
  id: z.string().nullable(),
  /** Ids of the tables and figures that use its runs. */
  items: z.array(z.string()),
  state: z.enum(paperStates),
  /** Number of its runs by status; `missing`: not in the workspace. */
  runs: z.partialRecord(z.enum([...runStatuses, 'missing']), z.int()),
  /** Distinct phases, and those of them that are trained. */
  phases: z.object({ all: z.int(), done: z.int() }),
  /** Time to train the rest, at most; null where it was not measured. */
  remainingSeconds: z.number().nullable(),
  /** Time that its trained phases took. */
  trainedSeconds: z.number(),
  /** Disk use of its checkpoints when everything is trained; null where it is unknown. */
  bytes: z.number().nullable(),
  /** Why it cannot be planned or trained, with the remedy (data or weights that are not there); null: it can. */
  problem: z.string().nullable(),
})
export type PaperExperiment = z.infer<typeof paperExperiment>

/** A table or a figure of the paper. */
const paperItem = z.object({
  /** `table-8`, `figure-3`. */
  id: z.string(),
  kind: z.enum(['table', 'figure']),
  number: z.int(),
  /** What it shows in the paper, without its number: `ResNet-34, CIFAR-100, seven regimes`. */
  title: z.string(),
  /** Networks and data of the experiments of its own values, where these are not the paper's: `Residual network, Fashion-MNIST`. */
  ownSetting: z.string().nullable(),
  /** Files of the experiments that it needs. */
  experiments: z.array(z.string()),
  /** Exit rule under which it reads them; null: the default of the task. */
  rule: z.string().nullable(),
  state: z.enum(paperStates),
  runs: z.object({ all: z.int(), done: z.int() }),
  /** Analyses that it needs: all of them, and those that are done. Null: it needs none. */
  analyses: z.object({ kind: z.string(), all: z.int(), done: z.int() }).nullable(),
  /** What the paper leaves open and how it is filled in; null: nothing. */
  note: z.string().nullable(),
})
export type PaperItem = z.infer<typeof paperItem>

/** The answer of `exitlab paper status --json`, and with estimates of `exitlab paper plan --json`. */
export const paperStatus = z.object({
  scale: z.enum(paperScales),
  items: z.array(paperItem),
  experiments: z.array(paperExperiment),
  /** Over all experiments of the answer; phases that several of them share count once. */
  total: z.object({
    runs: z.object({ all: z.int(), done: z.int() }),
    phases: z.object({ all: z.int(), done: z.int() }),
    remainingSeconds: z.number().nullable(),
    bytes: z.number().nullable(),
  }),
})
export type PaperStatus = z.infer<typeof paperStatus>
