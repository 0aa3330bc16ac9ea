import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { datasets } from '../datasets/index.ts'
import { card, deviceName, deviceReport } from '../shared/phases/device.ts'
import { runStatuses } from '../shared/runs/runs.ts'
import { slurmJob, slurmJobs } from '../shared/phases/slurm-jobs.ts'
import { executor } from '../shared/phases/executor.ts'
import { parallel } from '../shared/phases/parallel.ts'
import { phaseProcess } from '../shared/phases/phase-processes.ts'
import { slurmSettings } from '../shared/phases/slurm-settings.ts'
import { procedure } from './procedure.ts'
import { extensionProcedures } from './registered.ts'
import { depot, runningHost } from './running-host.ts'

const finding = z.object({
  check: z.string(),
  status: z.enum(['ok', 'warning', 'error']),
  detail: z.string(),
  /** Remedy. */
  remedy: z.string().nullable(),
  /** Arguments of the command line that do it. */
  command: z.array(z.string()).nullable(),
})
export type Finding = z.infer<typeof finding>

const systemInfo = z.object({
  version: z.string(),
  workspace: z.string(),
  /** The host that holds the workspace; null when only the store is being read. */
  host: runningHost.nullable(),
  /** Process that passes on what the host answers, until it takes over itself; null: the host answers. */
  attached: z.int().nullable(),
  /** Device of the trainer; null before the first one has started. */
  device: deviceReport.nullable(),
  disk: z.object({
    freeBytes: z.number(),
    checkpointBytes: z.number(),
    evaluationBytes: z.number(),
    analysisBytes: z.number(),
    /** Of the cache of tokenised texts, which may be deleted at any time. */
    tokenBytes: z.number(),
  }),
})
export type SystemInfo = z.infer<typeof systemInfo>

const waitedFor = {
  /** Name of the phase. */
  name: z.string(),
  /** Name of the first run that waits for it. */
  run: z.string(),
}

/** What a workspace does at this moment. */
const workspaceStatus = z.object({
  /** Number of runs in each state; running ones are trained or evaluated. */
  runs: z.record(z.enum(runStatuses), z.int()),
  trainings: z.array(
    z.object({
      run: z.object({ id: z.string(), name: z.string() }),
      /** Null: its exits are evaluated. */
      phase: z
        .object({
          id: z.string(),
          name: z.string(),
          /** Epochs completed. */
          epochs: z.int(),
          maxEpochs: z.int(),
          imagesPerSecond: z.number().nullable(),
          /** Until the phase's maximum of epochs; null while its pace is not known. */
          secondsLeftAtMost: z.number().nullable(),
        })
        .nullable(),
    }),
  ),
  /** Jobs of the phases that are not done; null where Slurm does not train. */
  slurm: slurmJobs
    .extend({
      jobs: z.array(slurmJob.extend(waitedFor)),
    })
    .nullable(),
  /** Who works on the phases that can be trained now; null where not others train. */
  external: z.array(phaseProcess.extend(waitedFor)).nullable(),
})
export type WorkspaceStatus = z.infer<typeof workspaceStatus>
export type CurrentTraining = WorkspaceStatus['trainings'][number]

const diskUse = z.object({
  experiments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Number of runs that are not deleted. */
      runs: z.int(),
      deleted: z.int(),
      /** Size of files that no other experiment needs, which purging this one frees. */
      checkpointBytes: z.number(),
      evaluationBytes: z.number(),
      analysisBytes: z.number(),
      /** Of files that other experiments need as well. */
      sharedBytes: z.number(),
    }),
  ),
  /** Of files that several experiments need, each counted once. */
  sharedBytes: z.number(),
  /** The cache of tokenised texts, which may be deleted at any time. */
  tokens: z.object({ folder: z.string(), bytes: z.number() }),
  /** Deleted runs of all experiments, and what purging them frees. */
  bin: z.object({ runs: z.int(), bytes: z.number() }),
})
export type DiskUse = z.infer<typeof diskUse>

const engineInfo = z.object({
  /** null before the first trainer has started. */
  device: deviceReport.nullable(),
  /** One sentence: why training runs there. */
  reason: z.string(),
  processor: z.object({ name: z.string(), threads: z.int() }),
  memory: z.object({ totalBytes: z.number(), freeBytes: z.number() }),
  tensorflow: z.object({ folder: z.string(), installed: z.boolean() }),
  gpu: z.object({
    /** NVIDIA cards that training may use. */
    cards: z.array(card),
    /** Whether TensorFlow's GPU build is installed. */
    installed: z.boolean(),
    folder: z.string(),
    /** Missing requirements for training on the GPU, in the order of installation; empty: none. */
    missing: z.array(z.string()),
  }),
})
export type EngineInfo = z.infer<typeof engineInfo>

/** Settings stored in the workspace. */
export const settings = z.object({
  parallel,
  /** What trains on this machine. */
  device: deviceName,
  /** What trains the phases of queued runs. */
  executor,
  depot,
  slurm: slurmSettings,
  /** Folders of data sets outside the default folder; absolute. */
  dataFolders: z.record(datasets.name, z.string()),
})
export type Settings = z.infer<typeof settings>

const dataFolder = z.object({
  source: datasets.name,
  title: z.string(),
  folder: z.string(),
  origin: z.enum(['default', 'settings']),
  /** Whether its files exist; their content is checked by `checkData`. */
  found: z.boolean(),
  /** Remedy if it is missing. */
  remedy: z.string().nullable(),
  /** Bytes to download where set-up can bring it; null where it cannot. */
  downloadBytes: z.number().nullable(),
})
export type DataFolder = z.infer<typeof dataFolder>

/** Builds of TensorFlow; data sets are installed by their names. */
const installable = z.union([z.enum(['tensorflow', 'tensorflow-gpu']), datasets.name])
export type Installable = z.infer<typeof installable>

const installProgress = z.object({
  message: z.string(),
  doneBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
})
export type InstallProgress = z.infer<typeof installProgress>

export const system = {
  info: procedure.output(systemInfo),
  /** Hash of what requests and answers of this host look like. */
  revision: procedure.output(z.string()),
  status: procedure.output(workspaceStatus),
  /** Disk use of each experiment. Reads the size of every file: seconds for thousands of runs. */
  disk: procedure.output(diskUse),
  doctor: procedure.output(z.array(finding)),
  engine: procedure.output(engineInfo),
  settings: procedure.output(settings),
  /** Changes the given settings. @returns all settings. `parallel` and `device` apply to runs started from now on. */
  configure: procedure.input(settings.partial()).output(settings),
  dataFolders: procedure.output(z.array(dataFolder)),
  ...extensionProcedures,
  /** Reads a data set as a training would: its samples and their fingerprint; texts with the tokenizer that set-up brings. */
  checkData: procedure.input(z.object({ source: datasets.name })).output(
    z.object({
      counts: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
      classes: z.int(),
      /** Of an image; null where the samples are texts. */
      shape: z.object({ height: z.int(), width: z.int(), channels: z.int() }).nullable(),
      fingerprint: z.string(),
    }),
  ),
  /** Installs a missing component; resumes an interrupted attempt. Ends when it is installed, or fails with a remedy. */
  install: procedure.input(z.object({ what: installable })).output(eventIterator(installProgress)),
}
