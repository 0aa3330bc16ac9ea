/**
 * Measures whole epochs of one bench case in a real trainer process (images made into batches, crop and flip, validation,
 * progress, metrics, checkpoints on disk) against the bare training step in the same process, and prints one JSON line.
 * Run by index.ts, and by scripts/check-gpu on a card.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNetwork } from '../../src/engine/networks/index.ts'
import { phasesOf } from '../../src/engine/regimes/index.ts'
import { trainerLaunch } from '../../src/main/execution/trainer-pool/trainer-launch.ts'
import { startTrainer } from '../../src/main/execution/trainer-pool/trainer-process.ts'
import type { Algorithms } from '../../src/shared/experiment/algorithms.ts'
import { dataSpec } from '../../src/shared/data/data.ts'
import type { Card } from '../../src/shared/phases/device.ts'
import type { PhaseSpec } from '../../src/shared/phases/phase.ts'
import type { TrainerEvent } from '../../src/shared/phases/trainer-events.ts'
import type { TrainingSpec } from '../../src/shared/experiment/training.ts'
import type { Precision } from '../../src/shared/experiment/precision.ts'
import { trainingSpec } from '../../src/shared/experiment/training.ts'
import type { BenchCase, BenchCaseName } from './cases.ts'
import { benchCases } from './cases.ts'
import { finished } from './finished.ts'
import { writeImages } from './images.ts'
import { report } from './measure.ts'

/** So long that checkpoints, which come once an epoch and once a minute, take the share of it that they take in earnest. */
const usualEpochSeconds = 30

/** Where other than on the processor, and what of. */
export interface EpochPlace {
  card: Card | null
  algorithms: Algorithms
  batchSize: number
  /** Of the bare step, measured before. */
  secondsPerStep: number
  epochSeconds: number
}

const [name, threads, precision, given] = process.argv.slice(2) as [BenchCaseName, string, Precision, string?]
const place = given === undefined ? null : (JSON.parse(given) as EpochPlace)
const { card, algorithms } = place ?? { card: null, algorithms: 'deterministic' as const }
const folder = await mkdtemp(join(tmpdir(), 'exitlab-bench-'))
const launch = trainerLaunch({ environment: process.env, threads: Number(threads), card, algorithms })
const environment = { ...launch.environment, EXITLAB_DESCRIPTIONS: join(folder, 'descriptions') }
const trainer = startTrainer({ ...launch, environment })
try {
  report(await measure({ ...benchCases[name], ...(place && { batchSize: place.batchSize }) }))
} finally {
  await trainer.close()
  await rm(folder, { recursive: true })
}

async function measure(bench: BenchCase) {
  const before = await secondsPerStep(bench)
  const epochSeconds = place?.epochSeconds ?? usualEpochSeconds
  const { images, seconds, peakMemoryMb } = await trainEpoch(bench, Math.ceil(epochSeconds / before))
  const bare = (before + (await secondsPerStep(bench))) / 2
  const [epochRate, stepRate] = [images / seconds, bench.batchSize / bare]
  return {
    engine: `exitlab ${precision} epoch`,
    case: name,
    batch: bench.batchSize,
    threads: Number(threads),
    imagesPerEpoch: images,
    secondsPerEpoch: Number(seconds.toFixed(2)),
    imagesPerSecond: Number(epochRate.toFixed(1)),
    stepImagesPerSecond: Number(stepRate.toFixed(1)),
    shareOfStep: Number((epochRate / stepRate).toFixed(3)),
    peakMemoryMb,
  }
}

function phaseOf({ network }: BenchCase): PhaseSpec {
  return phasesOf('joint', createNetwork(network))[0]!
}

function trainingOf({ batchSize }: BenchCase): TrainingSpec {
  return trainingSpec.parse({ batchSize, epochs: 2, precision, algorithms })
}

async function secondsPerStep(bench: BenchCase): Promise<number> {
  if (place !== null) return place.secondsPerStep
  const phases = [{ network: bench.network, phase: phaseOf(bench) }]
  const job = { kind: 'calibrate', phases, training: trainingOf(bench), seconds: 10 } as const
  return (await finished(trainer, job, { type: 'calibrated' })).secondsPerStep[0]!
}

/** The second of two epochs: from the moment the first one's metrics are told to the second one's. */
async function trainEpoch(bench: BenchCase, steps: number) {
  const source = bench.network.classes === 10 ? 'cifar10' : 'cifar100'
  const data = dataSpec.parse({ source })
  const share = 1 - data.validation.fraction
  await writeImages(folder, { source, count: Math.ceil((steps * bench.batchSize) / share) })
  const { dataset } = await finished(trainer, { kind: 'describe', data, dataPath: folder }, { type: 'described' })
  const ends: number[] = []
  let peakMemoryMb = 0
  const job = {
    kind: 'train',
    phaseId: 'bench',
    format: 1,
    network: bench.network,
    phase: phaseOf(bench),
    data,
    training: trainingOf(bench),
    seed: 0,
    initial: { kind: 'fresh' },
    dataPath: folder,
    dataset: dataset.fingerprint,
    parent: null,
    checkpointFolder: join(folder, 'checkpoints'),
    checkpointSeconds: 60,
    dominanceBatches: 0,
  } as const
  const onEvent = (event: TrainerEvent) => {
    if (event.type !== 'epoch') return
    ends.push(performance.now())
    peakMemoryMb = Math.round(event.peakMemoryBytes / 1e6)
  }
  await finished(trainer, job, { type: 'trained', onEvent })
  return { images: dataset.counts.train, seconds: (ends[1]! - ends[0]!) / 1000, peakMemoryMb }
}
