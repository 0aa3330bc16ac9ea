import type { RunDetail } from '../../../../contract/run-detail.ts'
import type { ExportedRun } from './exported-run.ts'
import { runReadme } from './run-readme.ts'

/** The text files of an exported run, by name. */
export function runFiles(exported: ExportedRun): Record<string, string> {
  const { network, costs } = exported.run
  return {
    'network.json': json(network),
    'costs.json': json({ backbone: costs.backboneMacs, exits: costs.exits.map(({ macs }) => macs) }),
    'run.json': shortLists(json(runRecord(exported))),
    'README.md': runReadme(exported),
  }
}

/** The resolved run. */
function runRecord({ run, versions, earlierVersions, samples }: ExportedRun) {
  const { id, name, experiment, experimentId, regime, seed, phases, tags, note, createdAt, startedAt, finishedAt } = run
  return {
    id,
    name,
    experiment,
    experimentId,
    regime,
    seed,
    tags,
    note,
    versions,
    earlierVersions,
    createdAt: time(createdAt),
    startedAt: time(startedAt),
    finishedAt: time(finishedAt),
    data: withoutPath(run.file.data),
    objective: run.file.objective ?? { weighting: 'uniform' },
    training: run.file.training,
    network: run.network,
    ...(run.extensions && { extensions: run.extensions.map(({ file: _, ...origin }) => origin) }),
    phases: phases.map(
      ({ id, name, parent, trains, settings, objective, epochs, maxEpochs, ended, keptEpoch, seconds }) => ({
        id,
        name,
        parent,
        trains,
        ...(settings && { settings, objective: objective ?? { weighting: 'uniform' } }),
        epochs,
        maxEpochs,
        ended,
        keptEpoch,
        seconds,
      }),
    ),
    ...(run.task ? { task: run.task, metrics: run.evaluation?.metrics ?? null } : { accuracies: run.scores }),
    samples,
    ...(run.emptyClasses && { emptyClasses: run.emptyClasses }),
  }
}

/** Where files lay on the machine of the training is of no use elsewhere. */
function withoutPath({ path: _, tokenizer: __, ...data }: RunDetail['file']['data']) {
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
