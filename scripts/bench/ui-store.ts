/**
 * `node scripts/bench/ui-store.ts FOLDER` makes the workspaces that the speed of the window is measured on, unless they
 * are there: FOLDER/many has 10,000 runs of ten experiments in all states, FOLDER/long 50 runs of 10,000 epochs each with
 * evaluations on 10,000 test images, FOLDER/seeds 9 runs on 100 classes and 2,100 with evaluations on 500 test images, FOLDER/sweep 60 series of 5 seeds. Their numbers are made up, their shapes are those of real ones. A host that opens them
 * must not train (`train: false`): their images and weights are nowhere.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from '../../src/engine/random.ts'
import { openStore, type Store } from '../../src/main/store/open.ts'
import type { ImageDescription } from '../../src/shared/data/data.ts'
import { type ExperimentFile, experimentFile } from '../../src/contract/experiment/experiment.ts'
import type { RunStatus, RunSummary } from '../../src/shared/runs/runs.ts'
import { insertMadeUp } from './made-up-experiment.ts'
import { writeEvaluation, type EvaluationSize } from './ui-evaluation.ts'

const even = (images: number) => Array.from({ length: 10 }, () => images / 10)
const dataset: ImageDescription = {
  kind: 'images',
  height: 28,
  width: 28,
  channels: 1,
  classes: 10,
  classNames: Array.from({ length: 10 }, (_, label) => String(label)),
  normalisation: { mean: [0.286], std: [0.353] },
  counts: { train: 54_000, validation: 6_000, test: 10_000 },
  classCounts: { train: even(54_000), validation: even(6_000), test: even(10_000) },
  available: { train: 60_000, test: 10_000 },
  testHeldBack: null,
  fingerprint: 'made up',
}
const start = Date.UTC(2026, 0, 1)
const minute = 60_000

/** Makes FOLDER/many. @returns its folder. */
export function fillManyRuns(folder: string): Promise<string> {
  const insert = async (store: Store) => {
    const regimes = ['disjoint', 'joint', 'mixed', 'branch-wise', 'mixed-gradual'] as const
    for (let index = 0; index < 10; index++) {
      const seeds = Array.from({ length: 200 }, (_, seed) => seed + 1)
      const width = 8 * (index + 1)
      await addExperiment(store, { name: `width ${width}`, width, regimes, seeds, epochs: 3 })
    }
  }
  return filled(join(folder, 'many'), { insert, settle: settleRuns })
}

/** Makes FOLDER/long. @returns its folder. */
export function fillLongRuns(folder: string): Promise<string> {
  const insert = async (store: Store) => {
    const seeds = Array.from({ length: 25 }, (_, seed) => seed + 1)
    const common = { width: 8, seeds }
    await addExperiment(store, { ...common, name: 'long joint', regimes: ['joint'], epochs: 10_000 })
    await addExperiment(store, { ...common, name: 'long disjoint', regimes: ['disjoint'], epochs: 5_000 })
  }
  const size = { exits: 3, classes: 10, samples: { validation: 6_000, test: 10_000 } }
  return filled(join(folder, 'long'), { insert, settle: (store) => finishAll(store, () => size) })
}

/** Makes FOLDER/seeds. @returns its folder. */
export function fillManySeeds(folder: string): Promise<string> {
  const insert = async (store: Store) => {
    for (const { name, count } of [few, many]) {
      const seeds = Array.from({ length: count }, (_, seed) => seed + 1)
      await addExperiment(store, { name, width: 8, regimes: ['disjoint', 'joint', 'mixed'], seeds, epochs: 3 })
    }
  }
  const sizeOf = ({ experiment }: RunSummary) => (experiment === few.name ? few : many).size
  return filled(join(folder, 'seeds'), { insert, settle: (store) => finishAll(store, sizeOf) })
}

/** Makes FOLDER/sweep: 60 series of 5 seeds. @returns its folder. */
export function fillSweep(folder: string): Promise<string> {
  const seeds = [1, 2, 3, 4, 5]
  const sweep = {
    'training.learningRate': [0.0005, 0.001, 0.002, 0.005, 0.01],
    'network.head': ['pooled', 'conv'],
    'training.batchSize': [64, 256],
  }
  const regimes = ['disjoint', 'joint', 'mixed'] as const
  const exits = [0, 1, 2, 3, 4]
  const insert = (store: Store) =>
    addExperiment(store, { name: 'sweep', width: 8, regimes, seeds, epochs: 3, sweep, exits })
  return filled(join(folder, 'sweep'), { insert, settle: (store) => finishAll(store, sizeOfSwept) })
}

/** The learning rate matters most within a regime, and the regime most of all; early exits of disjoint training are poor. */
function sizeOfSwept({ id, regime, settings }: RunSummary): EvaluationSize {
  const rate = Math.log2(Number(settings['training.learningRate']) / 0.002)
  const source = stream(3, id)
  const shift = -0.012 * rate ** 2 - (settings['training.batchSize'] === 256 ? 0.01 : 0) + 0.006 * source.normal()
  const head = settings['network.head'] === 'conv' ? 0.015 : 0
  const first = { disjoint: 0.62, joint: 0.78, mixed: 0.8 }[regime as 'disjoint' | 'joint' | 'mixed']
  const last = { disjoint: 1.32, joint: 1.24, mixed: 1.3 }[regime as 'disjoint' | 'joint' | 'mixed']
  return {
    exits: 6,
    classes: 10,
    samples: { validation: 1000, test: 2000 },
    sureness: [first + shift + head, last + shift],
  }
}

const few = {
  name: 'few seeds',
  count: 3,
  size: { exits: 3, classes: 100, samples: { validation: 6_000, test: 10_000 } },
}
const many = {
  name: 'many seeds',
  count: 700,
  size: { exits: 3, classes: 10, samples: { validation: 300, test: 500 } },
}

/** Trains and evaluates all runs. */
function finishAll(store: Store, sizeOf: (run: RunSummary) => EvaluationSize): void {
  for (const run of store.summaries.all()) {
    for (const { id } of run.phases) train(store, id)
    store.runs.setStatus(run.id, 'done')
    writeEvaluation(store, run.phases.at(-1)!.id, sizeOf(run))
  }
}

interface Fill {
  insert(store: Store): Promise<void>
  /** In one transaction: flushed to the disk step by step it would take hours. */
  settle(store: Store): void
}

/** What is half made is made again. */
async function filled(workspace: string, { insert, settle }: Fill): Promise<string> {
  const mark = join(workspace, 'complete')
  if (existsSync(mark)) return workspace
  rmSync(workspace, { recursive: true, force: true })
  const store = openStore(workspace)
  await insert(store)
  store.transaction(() => settle(store))
  store.close()
  writeFileSync(mark, '')
  return workspace
}

interface Made extends Pick<ExperimentFile, 'name' | 'seeds'> {
  width: number
  regimes: readonly ExperimentFile['regimes'][number][]
  /** Of each phase. */
  epochs: number
  sweep?: ExperimentFile['sweep']
  /** Blocks behind which there are exits. Default: two of three. */
  exits?: number[]
}

function addExperiment(
  store: Store,
  { name, width, regimes, seeds, epochs, sweep, exits = [0, 1] }: Made,
): Promise<void> {
  const file = experimentFile.parse({
    name,
    regimes,
    seeds,
    ...(sweep && { sweep }),
    data: { source: 'fashion-mnist' },
    training: { epochs },
    network: {
      family: 'resnet',
      blockCounts: exits.length > 2 ? [2, 2, 2] : [1, 1, 1],
      widths: [width, width, width],
      exits,
    },
  })
  return insertMadeUp(store, file, { dataset, now: start + store.runs.lastPosition() * minute })
}

/** Gives a phase all its epochs: accuracies rise and jitter, losses fall. */
function train(store: Store, id: string): void {
  const { status, definition } = store.phases.get(id)!
  if (status === 'done') return
  const { epochs } = definition.training
  const source = stream(1, id)
  const exits = definition.phase.network === 'backbone' ? [0] : [0, 1, 2]
  const best = exits.map((exit) => 0.6 + 0.1 * exit + 0.05 * source.uniform())
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const metrics = exits.flatMap((exit) =>
      (['train', 'validation'] as const).map((split) => {
        const accuracy = best[exit]! * (1 - 0.6 * Math.exp((-5 * epoch) / epochs)) + 0.02 * (source.uniform() - 0.5)
        return { exit, split, values: { accuracy, loss: 2.3 * (1 - accuracy) } }
      }),
    )
    const rate = 900 + 200 * source.uniform()
    const about = { learningRate: 1e-3, peakMemoryBytes: 9e8, improved: true, epochsWithoutImprovement: 0 }
    store.epochs.put(id, { epoch, ...about, imagesPerSecond: rate, seconds: 54_000 / rate }, metrics)
  }
  store.phases.setStarted(id, { at: start, batchesPerEpoch: 422 })
  store.phases.setEpochs(id, epochs)
  const checkpoint = { file: `checkpoints/${id}/final.safetensors`, sha256: id }
  store.phases.finish(id, { epochs, ended: 'epoch-cap', keptEpoch: epochs, checkpoint }, start + minute)
}

/** Of a hundred runs 70 are done, the others in every other state; some have tags and notes. */
function settleRuns(store: Store): void {
  for (const [index, { id, phases }] of store.summaries.all().entries()) {
    const status = statusOf(index % 100)
    const trained = status === 'done' ? phases : status === 'queued' ? [] : phases.slice(0, 1)
    for (const phase of trained) train(store, phase.id)
    store.runs.setStatus(id, status)
    if (status !== 'queued') store.runs.setStarted(id, start + index * minute)
    const end = start + (index + 30) * minute
    if (status === 'done') store.runs.finish(id, end)
    if (status === 'failed') store.runs.finish(id, end, { code: 'engine', message: 'The trainer ran out of memory.' })
    if (status === 'done') evaluate(store, phases.at(-1)!.id)
    if (index % 9 === 0) store.tags.add(id, index % 2 === 0 ? 'paper' : 'look again')
    if (index % 50 === 0) store.notes.put(id, 'The learning rate may be too high.', start)
  }
}

function statusOf(place: number): RunStatus {
  if (place < 70) return 'done'
  if (place < 90) return 'queued'
  if (place < 92) return 'running'
  if (place < 95) return 'paused'
  return place < 98 ? 'failed' : 'stopped'
}

function evaluate(store: Store, phaseId: string): void {
  const source = stream(2, phaseId)
  const metrics = () => ({
    accuracy: [0, 1, 2].map((exit) => 0.6 + 0.1 * exit + 0.05 * source.uniform()),
  })
  const about = { file: `evaluations/${phaseId}.safetensors`, sha256: phaseId, createdAt: start }
  store.evaluations.put({ phaseId, ...about, metrics: { validation: metrics(), test: metrics() } })
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) throw new Error('Usage: node scripts/bench/ui-store.ts FOLDER')
  for (const make of [fillManyRuns, fillLongRuns, fillManySeeds, fillSweep]) console.log(await make(folder))
}
