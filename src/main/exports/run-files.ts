import type { RunDetail } from '../../shared/runs.ts'
import { runReadme } from './run-readme.ts'

export interface ExportedRun {
  run: RunDetail
  /** What wrote its weights: Exitlab's own version, and all else that its last bits depend on. */
  versions: Readonly<Record<string, string>>
  /** What else had a part in its training, where that was interrupted or its phases were trained elsewhere. */
  earlierVersions: readonly Readonly<Record<string, string>>[]
  /** Images of each split that were evaluated. */
  samples: { validation: EvaluatedImages; test: EvaluatedImages }
}

/** Images in the order of the predictions. */
interface EvaluatedImages {
  count: number
  /** Positions in the data set's own training images (validation) or test images; null where an earlier version evaluated. */
  indices: number[] | null
}

/** The small files of an exported run, by name: those that are written from what is known of it alone. */
export function runFiles(exported: ExportedRun): Record<string, string> {
  const { network, costs } = exported.run
  return {
    'network.json': json(network),
    'costs.json': json({ backbone: costs.backboneMacs, exits: costs.exits.map(({ macs }) => macs) }),
    'run.json': shortLists(json(runRecord(exported))),
    'README.md': runReadme(exported),
  }
}

/** How the run came to be, fully resolved. */
function runRecord({ run, versions, earlierVersions, samples }: ExportedRun) {
  const { id, name, experiment, experimentId, regime, seed, phases, tags, note, createdAt, startedAt, finishedAt } = run
  return {
    ...{ id, name, experiment, experimentId, regime, seed, tags, note, versions, earlierVersions },
    createdAt: time(createdAt),
    startedAt: time(startedAt),
    finishedAt: time(finishedAt),
    data: withoutPath(run.file.data),
    training: run.file.training,
    network: run.network,
    phases: phases.map(({ id, name, parent, trains, epochs, epochCap, ended, keptEpoch, seconds }) => ({
      ...{ id, name, parent, trains, epochs, epochCap, ended, keptEpoch, seconds },
    })),
    accuracies: run.accuracies,
    samples,
  }
}

/** Where the images lay on the machine of the training is of no use elsewhere. */
function withoutPath({ path: _, ...data }: RunDetail['file']['data']) {
  return data
}

function time(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString()
}

/** Puts lists of numbers on one line each: there may be an entry an image. No text in JSON has a line break. */
function shortLists(text: string): string {
  return text.replace(/\[\n[\d\s.,e+-]+\]/g, (list) => list.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'))
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
