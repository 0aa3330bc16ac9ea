import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { decodeSafetensors, encodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'
import type { EpochDominance } from '../../../src/shared/evaluation/dominance.ts'
import type { TrainJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../../src/shared/phases/trainer-events.ts'
import type { Channel } from '../../../src/main/trainer/channel.ts'
import { checkWeights } from '../../../src/main/trainer/checkpoints/codec.ts'
import { epochName, readCheckpoint, stepName } from '../../../src/main/trainer/checkpoints/checkpoint-file.ts'
import {
  findFinal,
  findResumePoint,
  prepareFolder,
  writeFinal,
  writeSnapshot,
} from '../../../src/main/trainer/checkpoints/folder.ts'
import { crash } from './crash.ts'
import { checkDataset } from './dataset.ts'
import { note, readScript } from './script.ts'

export interface FakeContext {
  folder: string
  channel: Channel
  shouldPause(): boolean
}

const threads = Number(process.env.FAKE_THREADS ?? 1)
const { EXITLAB_CARD: card } = process.env
const provenance = {
  versions: { tensorflow: 'fake', threads: String(threads), ...(card && { device: `gpu ${card}` }) },
  earlierVersions: [],
}

export async function trainFake(job: TrainJob, { folder, channel, shouldPause }: FakeContext): Promise<TrainerEvent> {
  const checkpoints = { folder: job.checkpointFolder, warn: (text: string) => channel.log('warning', text) }
  await prepareFolder(checkpoints)
  const done = await findFinal(checkpoints, (bytes, path) => checkWeights(job.phaseId, bytes, path))
  if (done !== null) return trained(done)
  note(folder, `train ${job.phase.name}`)
  const script = () => readScript(folder)
  const { stepsPerEpoch, failure, imagesVersion } = script()
  if (failure !== null) return { type: 'failed', ...failure }
  checkDataset(job, imagesVersion)
  const point = await findResumePoint(checkpoints, decode)
  if (job.parent && script().damagesStart) writeFileSync(job.parent.file, 'damaged')
  const parent = job.parent && (await readCheckpoint(job.parent))
  if (parent) checkWeights(job.parent!.phaseId, parent, job.parent!.file)
  let { state, step } = point?.snapshot ?? { state: parent ? hash(parent) : Buffer.alloc(32), step: 0 }
  const epochOf = () => Math.floor(step / stepsPerEpoch)
  channel.send({
    type: 'started',
    parameterCount: 8,
    batchesPerEpoch: stepsPerEpoch,
    epoch: epochOf(),
    step,
    threads,
    start: null,
  })
  const save = async (name: string, reason: 'epoch' | 'time' | 'pause') => {
    const about = { epoch: epochOf(), step, keptEpoch: epochOf(), ...provenance }
    const file = await writeSnapshot(checkpoints, name, { bytes: encode(state, step), about })
    channel.send({ type: 'checkpoint', file, epoch: epochOf(), step, reason, improved: reason === 'epoch' })
  }
  while (step < stepsPerEpoch * job.training.epochs) {
    while (script().holdAtStep === step && !shouldPause()) await setTimeout(5)
    if (shouldPause()) {
      if (step % stepsPerEpoch !== 0) await save(stepName(step), 'pause')
      return { type: 'paused' }
    }
    if (script().crashAtStep === step) crash(folder)
    await setTimeout(script().stepMilliseconds)
    state = hash(Buffer.concat([state, Buffer.from(`${job.phaseId} ${step}`)]))
    step++
    tell(channel, { step, stepsPerEpoch })
    if (step % stepsPerEpoch !== 0) {
      if (step % script().checkpointSteps === 0) await save(stepName(step), 'time')
      continue
    }
    await channel.sendEpoch(epochEvent(job, epochOf(), state))
    await save(epochName(epochOf()), 'epoch')
  }
  const about = { epoch: epochOf(), step, keptEpoch: epochOf(), ...provenance, ended: 'epoch-cap' as const }
  const weights = encodeSafetensors(arraysOf(state), { content: 'weights', phase: job.phaseId })
  const final = await writeFinal(checkpoints, { bytes: weights, about })
  note(folder, `trained ${job.phase.name}`)
  return trained(final)
}

function trained({ path, sha256, epoch, ended, keptEpoch }: Awaited<ReturnType<typeof writeFinal>>): TrainerEvent {
  return { type: 'trained', checkpoint: { file: path, sha256 }, epochs: epoch, ended, keptEpoch }
}

function tell(channel: Channel, { step, stepsPerEpoch }: { step: number; stepsPerEpoch: number }): void {
  channel.send({
    type: 'progress',
    epoch: Math.floor((step - 1) / stepsPerEpoch) + 1,
    batch: ((step - 1) % stepsPerEpoch) + 1,
    batchesPerEpoch: stepsPerEpoch,
    imagesPerEpoch: stepsPerEpoch * 10,
    imagesPerSecond: 1000,
    losses: [1],
    residentBytes: 1e8,
  })
}

/** Accuracies come from the state, so that a repeated epoch has to repeat them. */
function epochEvent({ network, phase, training, dominanceBatches }: TrainJob, epoch: number, state: Buffer) {
  const exits = phase.lossCycle[0]!.flatMap((_, exit) =>
    phase.lossCycle.some((weights) => weights[exit]! > 0) ? [exit] : [],
  )
  const metrics = (['train', 'validation'] as const).flatMap((split) =>
    exits.map((exit) => ({
      exit,
      split,
      values: (network.task ? { mse: state[exit]! / 255 } : { loss: 1, accuracy: state[exit]! / 255 }) as Record<
        string,
        number
      >,
    })),
  )
  return {
    type: 'epoch' as const,
    epoch,
    metrics,
    learningRate: training.learningRate,
    imagesPerSecond: 1000,
    seconds: 0.1,
    peakMemoryBytes: 1e8,
    improved: true,
    epochsWithoutImprovement: 0,
    dominance: dominanceBatches !== 0 && exits.length > 1 ? dominanceOf(exits, epoch, state) : null,
  }
}

/** One batch, two blocks; the first exit does not depend on the second. */
function dominanceOf(exits: readonly number[], epoch: number, state: Buffer): EpochDominance {
  const cosines = exits.map((exit) => state[exit]! / 255)
  return {
    epoch,
    batches: 1,
    exits: cosines,
    blocks: cosines.map((cosine, exit) => [cosine, exit > 0 ? -cosine : null]),
  }
}

function hash(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function encode(state: Buffer, step: number): Uint8Array {
  return encodeSafetensors(arraysOf(state), { step: String(step) })
}

function arraysOf(state: Buffer): Parameters<typeof encodeSafetensors>[0] {
  const values = new Int32Array(8)
  new Uint8Array(values.buffer).set(state)
  return { state: { shape: [8], values } }
}

function decode(bytes: Uint8Array): { state: Buffer; step: number } {
  const { arrays, metadata } = decodeSafetensors(bytes)
  return { state: Buffer.from(arrays.state!.values.slice().buffer), step: Number(metadata.step) }
}
