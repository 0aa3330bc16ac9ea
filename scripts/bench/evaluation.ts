/**
 * `npm run bench:evaluation`: a real trainer evaluates 1,000 classes × 50,000 images × 11 exits, whose file has 2.6 GB; then nine
 * such evaluations, of 3 regimes and 3 seeds, are compared: never read, again, and by another process. One JSON line a measurement,
 * with seconds and peak memory. It needs some 25 GB in `--folder`, which are gone afterwards.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scriptArguments } from '../arguments.ts'
import { createNetwork } from '../../src/engine/networks/index.ts'
import { resolveNetwork } from '../../src/engine/plan.ts'
import { trainerEnvironment } from '../../src/engine/pure.ts'
import { startSnapshot } from '../../src/engine/training/phase-start.ts'
import { phasesOf } from '../../src/engine/regimes/index.ts'
import { sha256Of, writeAt } from '../../src/files/pieces.ts'
import { copyDurably, writeDurably } from '../../src/files/durable-file.ts'
import { tensorflowFolder } from '../../src/files/user-folders.ts'
import {
  startTrainer,
  type JobEnd,
  type TrainerProcess,
} from '../../src/main/execution/trainer-pool/trainer-process.ts'
import { openStore } from '../../src/main/store/open.ts'
import { evaluationFile } from '../../src/main/store/workspace.ts'
import { encodeWeights } from '../../src/main/trainer/checkpoints/codec.ts'
import type { ImageDescription } from '../../src/shared/data/data.ts'
import { experimentFile } from '../../src/contract/experiment/experiment.ts'
import { finished } from './finished.ts'
import { writeImages } from './images.ts'
import { report } from './measure.ts'
import { insertMadeUp } from './made-up-experiment.ts'

const { values: options } = scriptArguments({
  options: {
    folder: { type: 'string', default: tmpdir() },
    classes: { type: 'string', default: '1000' },
    images: { type: 'string', default: '50000' },
    seeds: { type: 'string', default: '3' },
  },
})
const classes = Number(options.classes)
const regimes = ['disjoint', 'joint', 'mixed'] as const
const file = experimentFile.parse({
  name: 'large',
  regimes,
  seeds: Array.from({ length: Number(options.seeds) }, (_, seed) => seed + 1),
  data: { source: 'cifar100', validation: { fraction: 0.4 } },
  network: { family: 'resnet', blockCounts: [4, 4, 4], widths: [8, 16, 32], exits: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
})
const folder = mkdtempSync(join(resolve(options.folder), 'exitlab-bench-'))
const seconds = (since: number) => Number(((performance.now() - since) / 1000).toFixed(2))

/** In the place of a phase's id, in the evaluation that the others are copies of. */
const anyPhase = 'f'.repeat(64)

interface Evaluated {
  path: string
  dataset: ImageDescription
  weights: string
  metrics: Extract<JobEnd, { type: 'evaluated' }>['metrics']
}

async function evaluate(trainer: TrainerProcess): Promise<Evaluated> {
  await writeImages(folder, { source: 'cifar100', count: 25_000, testCount: Number(options.images) })
  const { data } = file
  const { dataset } = await finished(trainer, { kind: 'describe', data, dataPath: folder }, { type: 'described' })
  if (dataset.kind !== 'images') throw new Error('expected images')
  const large = { ...dataset, classes }
  const network = resolveNetwork(file.network, { ...large, pad: 0 })
  const created = createNetwork(network)
  const phase = phasesOf('joint', created)[0]!
  const { model } = startSnapshot({ network: created, phase }, { seed: 1 })
  const weights = join(folder, 'weights.safetensors')
  const { sha256 } = await writeDurably(weights, encodeWeights(anyPhase, model))
  const path = join(folder, 'evaluation.safetensors')
  const checkpoint = { file: weights, sha256, phaseId: anyPhase }
  const fingerprint = dataset.fingerprint
  const job = {
    kind: 'evaluate',
    network,
    data,
    dataset: fingerprint,
    dataPath: folder,
    checkpoint,
    outputFile: path,
  } as const
  const before = peakOf(trainer)
  const began = performance.now()
  const { metrics } = await finished(trainer, job, { type: 'evaluated' })
  report({
    measure: 'evaluation',
    seconds: seconds(began),
    fileMb: mb(statSync(path).size),
    peakMb: peakOf(trainer),
    peakMbBefore: before,
  })
  return { path, dataset: large, weights: sha256, metrics }
}

/** A workspace whose runs all have this evaluation, each in a file of its own. */
async function fill(workspace: string, { path, dataset, weights, metrics }: Evaluated): Promise<void> {
  const store = openStore(workspace)
  await insertMadeUp(store, file, { dataset, now: 1 })
  for (const run of store.summaries.all()) {
    for (const { id } of run.phases) {
      const checkpoint = { file: `checkpoints/${id}/final.safetensors`, sha256: weights }
      store.phases.finish(id, { epochs: 1, ended: 'epoch-cap', keptEpoch: 1, checkpoint }, 1)
    }
    const phaseId = run.phases.at(-1)!.id
    const target = evaluationFile(store.workspace, phaseId)
    mkdirSync(dirname(target), { recursive: true })
    const sha256 = await copyFor(phaseId, path, target)
    store.evaluations.put({ phaseId, file: relative(workspace, target), sha256, metrics, createdAt: 1 })
    store.runs.finish(run.id, 1)
  }
  store.close()
}

async function copyFor(phaseId: string, path: string, target: string): Promise<string> {
  await using source = await open(path)
  await copyDurably(source, target)
  await using copied = await open(target, 'r+')
  const start = Buffer.alloc(1 << 16)
  await copied.read(start, 0, start.length, 0)
  await writeAt(copied, Buffer.from(phaseId), start.indexOf(anyPhase))
  return await sha256Of(copied)
}

const mb = (bytes: number) => Math.round(bytes / 1e6)

/** Of a process on Linux; null elsewhere. */
function peakOf({ pid }: TrainerProcess): number | null {
  if (process.platform !== 'linux') return null
  return mb(1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]))
}

const trainer = startTrainer({
  entry: fileURLToPath(new URL('../../src/main/trainer/index.ts', import.meta.url)),
  environment: {
    ...trainerEnvironment({ threads: 2, card: null }, process.env),
    EXITLAB_TENSORFLOW: tensorflowFolder(),
  },
})
try {
  const evaluated = await evaluate(trainer).finally(() => trainer.close())
  const workspace = join(folder, 'workspace')
  await mkdir(workspace)
  await fill(workspace, evaluated)
  const script = fileURLToPath(new URL('evaluation-comparison.ts', import.meta.url))
  for (const name of ['first', 'second']) {
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, workspace, name], {
      stdio: 'inherit',
    })
  }
} finally {
  rmSync(folder, { recursive: true })
}
