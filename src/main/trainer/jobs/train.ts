import { basename, dirname } from 'node:path'
import { leftOutWords } from '../../../shared/data/left-out-words.ts'
import type { PhaseStart } from '../../../shared/phases/phase-events.ts'
import type { Network, PhaseEvent, PhaseOf, TrainingSnapshot, TrainPhaseOptions } from '../../../engine/index.ts'
import {
  batchSizeCaveat,
  checkSnapshot,
  createNetwork,
  startArrays,
  startSnapshot,
  trainPhase,
} from '../../../engine/index.ts'
import { evaluationBatches, trainingBatches } from '../batches.ts'
import { checkWeights, decodeSnapshot, readWeights } from '../checkpoints/codec.ts'
import type { CheckpointFolder } from '../checkpoints/checkpoint-file.ts'
import type { FinalWeights } from '../checkpoints/folder.ts'
import { findFinal, findResumePoint, prepareFolder, removeSnapshots } from '../checkpoints/folder.ts'
import { openPhaseFiles } from '../checkpoints/phase-files.ts'
import type { Provenance, Versions } from '../../../files/checkpoint-manifest.ts'
import { readManifest } from '../../../files/checkpoint-manifest.ts'
import { startWeights } from '../weights.ts'
import { earlierVersions, versionsOf, warnOfOtherVersions } from '../versions.ts'
import type { Job, JobContext, JobEnd, JobOf } from './job.ts'

type TrainJob = JobOf<'train'>

/** Trains a phase from its last checkpoint until it ends or is paused. */
export const train: Job<'train'> = async (job, context) => {
  const { channel } = context
  const checkpoints = { folder: job.checkpointFolder, warn: (message: string) => channel.log('warning', message) }
  await prepareFolder(checkpoints)
  const done = await findFinal(checkpoints, (bytes, path) => checkWeights(job.phaseId, bytes, path))
  if (done !== null) {
    await removeSnapshots(checkpoints)
    return trained(done)
  }
  const versions = versionsOf(context.tensorFlow())
  const options = await phaseOptions(job, context)
  const { snapshot, before, start } = await startingPoint(job, options.network, { checkpoints, versions })
  const provenance = { versions, earlierVersions: earlierVersions(before, versions) }
  const files = openPhaseFiles({ phaseId: job.phaseId, checkpoints, provenance, send: channel.send })
  const outcome = await trainPhase({
    ...options,
    onEvent: (event) => tell(context, event, start),
    snapshot,
    saveCheckpoint: files.save,
  })
  if (outcome.ended === 'paused') return { type: 'paused' }
  return trained(await files.finish(outcome))
}

async function phaseOptions(
  job: TrainJob,
  context: JobContext,
): Promise<Omit<TrainPhaseOptions, 'snapshot' | 'saveCheckpoint' | 'onEvent'>> {
  const { phase, training, seed, phaseId, checkpointSeconds, dominanceBatches } = job
  const dataset = await context.datasets.load(job)
  const { description } = dataset
  if (description.kind === 'images' && description.leftOut) {
    context.channel.log('warning', leftOutWords(description.leftOut))
  }
  const caveat = batchSizeCaveat(dataset.train.count, { ...training, mixing: job.data.mixing })
  if (caveat !== null) context.channel.log('warning', caveat)
  return {
    network: createNetwork(job.network),
    phase,
    training,
    seed,
    phaseId,
    trainingBatches: trainingBatches(dataset.train, job),
    validationBatches: evaluationBatches(dataset.validation, job.network),
    now: () => performance.now(),
    checkpointSeconds,
    dominanceBatches,
    shouldPause: context.shouldPause,
  }
}

interface Begun {
  checkpoints: CheckpointFolder
  versions: Versions
}

interface Start {
  snapshot: TrainingSnapshot
  /** Versions that made the weights it starts from. */
  before: Provenance | null
  start: PhaseStart | null
}

/** The phase's newest sound checkpoint; where it has none, its initial state. */
async function startingPoint(job: TrainJob, network: Network, { checkpoints, versions }: Begun): Promise<Start> {
  const { phase, phaseId, training } = job
  const subject = { network, phase, training }
  const point = await findResumePoint(checkpoints, (bytes, path) => {
    const snapshot = decodeSnapshot(phaseId, bytes, path)
    checkSnapshot(subject, snapshot)
    return snapshot
  })
  if (point !== null) {
    warnOfOtherVersions('The phase', [point.versions, versions], checkpoints.warn)
    return { snapshot: point.snapshot, before: point, start: null }
  }
  return initialStart(job, subject)
}

async function initialStart({ initial, seed, parent }: TrainJob, subject: PhaseOf): Promise<Start> {
  if (initial.kind === 'fresh') return { snapshot: startSnapshot(subject, { seed }), before: null, start: null }
  if (initial.kind === 'weights') {
    const { weights, start } = await startWeights(subject.network, initial)
    return { snapshot: startSnapshot(subject, { seed, weights }), before: null, start }
  }
  const { file } = parent!
  const weights = { arrays: await readWeights(parent!), fresh: initial.fresh }
  return {
    snapshot: startSnapshot(subject, { seed, weights }),
    before: await readManifest(dirname(file), basename(file)),
    start: startArrays(subject.network, weights),
  }
}

/** Sends an event of the phase, with the fields that only the process knows. */
function tell({ channel, tensorFlow }: JobContext, event: PhaseEvent, start: PhaseStart | null): void | Promise<void> {
  if (event.type === 'started') return channel.send({ ...event, threads: tensorFlow().device.threads, start })
  if (event.type === 'progress') return channel.send({ ...event, residentBytes: process.memoryUsage.rss() })
  return channel.sendEpoch({ ...event, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 })
}

function trained({ path, sha256, epoch, ended, keptEpoch }: FinalWeights): JobEnd<'train'> {
  return { type: 'trained', checkpoint: { file: path, sha256 }, epochs: epoch, ended, keptEpoch }
}
