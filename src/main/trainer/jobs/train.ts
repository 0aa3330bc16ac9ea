import type { NamedArray, Network, PhaseEvent, TrainingSnapshot, TrainPhaseOptions } from '../../engine/index.ts'
import { createNetwork, startSnapshot, trainPhase } from '../../engine/index.ts'
import { evaluationBatches, trainingBatches } from '../batches.ts'
import type { Channel } from '../channel.ts'
import { decodeSnapshot, decodeWeights } from '../checkpoints/codec.ts'
import type { CheckpointFolder } from '../checkpoints/checkpoint-file.ts'
import type { FinalManifest } from '../checkpoints/folder.ts'
import { readCheckpoint } from '../checkpoints/checkpoint-file.ts'
import { findFinal, findResumePoint, prepareFolder, removeSnapshots } from '../checkpoints/folder.ts'
import { openPhaseFiles } from '../checkpoints/phase-files.ts'
import { versionsOf, warnOfOtherVersions } from '../versions.ts'
import type { Job, JobContext, JobEnd, JobOf } from './job.ts'

type TrainJob = JobOf<'train'>

/** Trains a phase from where its checkpoints say it stands, to its end or until it is to pause. */
export const train: Job<'train'> = async (job, context) => {
  const { channel } = context
  const checkpoints = { folder: job.checkpointFolder, warn: (message: string) => channel.log('warning', message) }
  await prepareFolder(checkpoints)
  const done = await findFinal(checkpoints)
  if (done !== null) {
    await removeSnapshots(checkpoints)
    return trained(done)
  }
  const versions = versionsOf(context.tensorFlow())
  const files = openPhaseFiles({ phaseId: job.phaseId, checkpoints, versions, send: channel.send })
  const options = await phaseOptions(job, context)
  const snapshot = await startingPoint(job, options.network, { checkpoints, versions })
  const outcome = await trainPhase({ ...options, snapshot, saveCheckpoint: files.save })
  if (outcome.ended === 'paused') return { type: 'paused' }
  return trained(await files.finish(outcome))
}

async function phaseOptions(
  job: TrainJob,
  context: JobContext,
): Promise<Omit<TrainPhaseOptions, 'snapshot' | 'saveCheckpoint'>> {
  const { phase, training, seed, phaseId, checkpointSeconds } = job
  const dataset = await context.dataset(job)
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
    shouldPause: context.shouldPause,
    onEvent: (event) => tell(context.channel, event),
  }
}

interface Begun {
  checkpoints: CheckpointFolder
  versions: Record<string, string>
}

/** The phase's newest sound checkpoint; where it has none, the weights that its parent handed on and fresh ones. */
async function startingPoint(
  job: TrainJob,
  network: Network,
  { checkpoints, versions }: Begun,
): Promise<TrainingSnapshot> {
  const point = await findResumePoint(checkpoints)
  if (point !== null) {
    warnOfOtherVersions(point.versions, versions, checkpoints.warn)
    return decodeSnapshot(point.bytes, point.path)
  }
  const { phase, seed, parent } = job
  return startSnapshot({ network, phase }, parent ? { seed, parent: await readWeights(parent) } : { seed })
}

async function readWeights(parent: NonNullable<TrainJob['parent']>): Promise<Record<string, NamedArray>> {
  return decodeWeights(await readCheckpoint(parent), parent.file)
}

/** What the loop tells, with what only the process knows. */
function tell(channel: Channel, event: PhaseEvent): void | Promise<void> {
  if (event.type === 'started') return channel.send(event)
  if (event.type === 'progress') return channel.send({ ...event, residentBytes: process.memoryUsage.rss() })
  return channel.sendEpoch({ ...event, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 })
}

function trained({ path, sha256, epoch, ended, keptEpoch }: FinalManifest): JobEnd<'train'> {
  return { type: 'trained', checkpoint: { file: path, sha256 }, epochs: epoch, ended, keptEpoch }
}
